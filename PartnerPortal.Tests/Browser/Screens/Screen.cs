using System.Globalization;
using Microsoft.Playwright;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser.Screens;

/// <summary>One of the pictures that the product is judged by.</summary>
/// <param name="Name">Of the file, before width and look.</param>
/// <param name="Who">Looks at it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Arrange">What is done there once, before the first picture.</param>
/// <param name="Touch">What is done before each picture, since it does not last.</param>
internal sealed record Screen(
    string Name, Func<Stage, Task<Actor>> Who, Func<Stage, string> Address, Func<IPage, Words, Task>? Arrange = null, Func<IPage, Task>? Touch = null)
{
    public static readonly IReadOnlyList<Screen> All =
    [
        new("clients", s => Task.FromResult(s.Integrator), _ => PortalUrls.Clients),
        new("clients-record", s => Task.FromResult(s.Integrator), s => PortalUrls.Client(s.RecordId), (page, _) => Expect(page.Locator(".sheet")).ToBeVisibleAsync()),
        new("clients-empty", s => Task.FromResult(s.Beginner), _ => PortalUrls.Clients),
        new("invite", s => Task.FromResult(s.Integrator), _ => PortalUrls.Clients, InviteAsync, page => page.Locator("dialog .join-in button").ClickAsync()),
        new("create", s => s.NewcomerAsync(), _ => PortalUrls.NewClient, CreateAsync),
        new("join", _ => Task.FromResult(Actor.Visitor), s => PortalUrls.Join(s.Code)),
        new("join-answer", s => Task.FromResult(s.Asked), s => PortalUrls.Join(s.Code)),
    ];

    /// <summary>Two addresses that can be sent and one that cannot.</summary>
    private static async Task InviteAsync(IPage page, Words words)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = words.Clients("Invite.Button") }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#invite-mail").PressSequentiallyAsync("nora@hazel-lane.test theo@quillmark.test ivo@mossbank ");
        await Expect(dialog.Locator(".err")).ToBeVisibleAsync();
    }

    /// <summary>One is created and the next half typed: the notice and the form for another stand together.</summary>
    private static async Task CreateAsync(IPage page, Words words)
    {
        var arabic = words.Language == "ar";
        await page.Locator("#client-name").FillAsync(arabic ? "ليلى حداد" : "Olive Marsh");
        await page.Locator("#client-email").FillAsync(arabic ? "layla@haddad-textiles.test" : "olive@marsh-ceramics.test");
        await page.Locator("#client-another").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Clients("New.Submit") }).ClickAsync();
        await Expect(page.Locator(".notice.ok")).ToBeVisibleAsync();
        await page.Locator("#client-name").FillAsync(arabic ? "كريم منصور" : "Per Sandvik");
        await page.Locator("#client-email").FillAsync("per.sandvik@fjordlys");
        await page.Locator("#client-phone-country").SelectOptionAsync("GB");
        await page.Locator("#client-phone").FillAsync("020 7946 0321");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Clients("New.Submit") }).ClickAsync();
        await Expect(page.Locator("#client-email-error")).ToBeVisibleAsync();
        await page.EvaluateAsync("scrollTo(0, 0)");
    }
}

/// <summary>How a screen is pictured.</summary>
/// <param name="Width">Of the window, in CSS pixels; on a phone there are two pixels of the screen to each.</param>
internal sealed record Look(int Width, string Language)
{
    public static readonly IReadOnlyList<Look> All = [new(1440, "en"), new(390, "en"), new(1440, "ar"), new(390, "ar")];

    public int Height => Width > 1000 ? 900 : 844;

    public int Sharpness => Width > 1000 ? 1 : 2;

    /// <summary>The themes with the name that the file gets for each: right to left is pictured in the light.</summary>
    public IReadOnlyList<(ColorScheme Theme, string Mark)> Themes => Language == "ar" ? [(ColorScheme.Light, "-rtl")] : [(ColorScheme.Light, ""), (ColorScheme.Dark, "-dark")];

    public string FileOf(Screen screen, string mark) => string.Create(CultureInfo.InvariantCulture, $"{screen.Name}-{Width}{mark}.png");
}
