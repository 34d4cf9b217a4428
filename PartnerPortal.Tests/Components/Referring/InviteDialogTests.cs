using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Components.Referring;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Components.Referring;

/// <summary>The dialog over the real use case and database.</summary>
public sealed class InviteDialogTests
{
    [Fact]
    public async Task Paste_ListWithAWrongOne_MakesChipsAndMarksIt()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var page = await OpenAsync(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));

        await PasteAsync(page.Dialog, "Lena <lena@harbour.example>; accounts@petrov.example\nm.duarte@oficina");

        Assert.Equal(["lena@harbour.example", "accounts@petrov.example", "m.duarte@oficina"], Chips(page.Dialog));
        Assert.Equal("m.duarte@oficina", Assert.Single(page.Dialog.FindAll(".chip.bad bdi")).TextContent);
        Assert.Contains("lacks an ending such as “.com”", page.Dialog.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("Send 2 invitations", page.Dialog.Find("button[type=submit]").TextContent);
    }

    [Fact]
    public async Task Type_EntriesAndBackspace_AddOnceAndRemove()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var page = await OpenAsync(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));

        foreach (var entry in new[] { "a@harbour.example,", "b@harbour.example ", "c@harbour.example\n", "A@Harbour.example,", " " })
        {
            await PasteAsync(page.Dialog, entry);
        }

        await page.Dialog.ActAsync("textarea", e => e.InputAsync(new() { Value = "d@harb" }));

        Assert.Equal(["a@harbour.example", "b@harbour.example", "c@harbour.example"], Chips(page.Dialog));
        await page.Dialog.ActAsync("textarea", e => e.KeyDownAsync(new KeyboardEventArgs { Key = "Backspace" }));
        Assert.Equal(3, Chips(page.Dialog).Count);
        await page.Dialog.ActAsync("textarea", e => e.InputAsync(new() { Value = "" }));
        await page.Dialog.ActAsync("textarea", e => e.KeyDownAsync(new KeyboardEventArgs { Key = "Backspace" }));
        await page.Dialog.ActAsync(".chip button", e => e.ClickAsync(new()));
        Assert.Equal(["b@harbour.example"], Chips(page.Dialog));
    }

    [Fact]
    public async Task Submit_SomeWrong_SendsTheOthersAndSaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var page = await OpenAsync(portal, partner);
        await PasteAsync(page.Dialog, "lena@harbour.example, nobody@");
        await page.Dialog.ActAsync("textarea", e => e.InputAsync(new() { Value = "typed@harbour.example" }));

        await page.Dialog.ActAsync("form", e => e.SubmitAsync());

        Assert.Contains("2 invitations are on their way", page.Dialog.Find(".notice.ok b").TextContent, StringComparison.Ordinal);
        Assert.Equal(["nobody@"], Chips(page.Dialog));
        Assert.Equal(["lena@harbour.example", "typed@harbour.example"], await portal.ReadAsync(db => db.Invitations.OrderBy(i => i.Id).Select(i => i.Email).ToListAsync()));
        Assert.True(page.WasTold);
    }

    [Fact]
    public async Task Open_SuspendedPartner_SaysSoAndOffersNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.SuspendAsync(partner);
        await using var page = await OpenAsync(portal, await world.AgainAsync(partner));

        Assert.Contains("suspended", page.Dialog.Find(".notice.warn").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Dialog.FindAll("textarea, .qr, [data-copy]"));
    }

    [Fact]
    public async Task Open_Always_AsksNoThirdPartyAndSharesTheOwnLink()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await using var page = await OpenAsync(portal, partner);
        var code = await world.CodeOfAsync(partner);

        Assert.EndsWith($"/r/{code}", page.Dialog.Find("[data-copy]").GetAttribute("data-copy"), StringComparison.Ordinal);
        Assert.Equal(["mailto:", "https://wa.me/", "https://t.me/share/url"], page.Dialog.FindAll("[role=group] a").Select(a => a.GetAttribute("href")!.Split('?')[0]));
        Assert.All(page.Dialog.FindAll("[role=group] a"), a => Assert.Contains(code, a.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Empty(page.Dialog.FindAll("img, iframe, script, [src]"));
    }

    private static List<string> Chips(IRenderedComponent<InviteDialog> dialog) => [.. dialog.FindAll(".chip bdi").Select(c => c.TextContent)];

    /// <summary>As js/portal.js hands it over; that it does is seen in the browser test.</summary>
    private static Task PasteAsync(IRenderedComponent<InviteDialog> dialog, string text) =>
        dialog.InvokeAsync(() => dialog.FindComponent<InviteByMailForm>().Instance.OnEntries(text));

    private static Task<OpenDialog> OpenAsync(TestPortal portal, Actor actor) => Task.FromResult(new OpenDialog(portal, actor));

    private sealed class OpenDialog : IAsyncDisposable
    {
        private readonly BunitContext _context = new();
        private readonly AsyncServiceScope _scope;

        public OpenDialog(TestPortal portal, Actor actor)
        {
            _scope = portal.Services.CreateAsyncScope();
            var real = _scope.ServiceProvider;
            _context.JSInterop.Mode = JSRuntimeMode.Loose;
            _context.JSInterop.SetupModule("/js/portal.js").Mode = JSRuntimeMode.Loose;
            var signedIn = _context.AddAuthorization().SetAuthorized(actor.Name);
            signedIn.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, actor.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            _context.Services.AddLocalization();
            _context.Services.AddSingleton(real.GetRequiredService<ActorSource>());
            _context.Services.AddScoped<CurrentActor>();
            _context.Services.AddSingleton(real.GetRequiredService<AccountQueries>());
            _context.Services.AddSingleton(real.GetRequiredService<ProgramSettingsSource>());
            _context.Services.AddSingleton(real.GetRequiredService<PublicUrl>());
            _context.Services.AddSingleton(real.GetRequiredService<QrLogoSource>());
            _context.Services.AddSingleton(real.GetRequiredService<InviteByEmail>());
            Dialog = _context.Render<InviteDialog>(p => p.Add(d => d.Open, true).Add(d => d.OnSent, () => WasTold = true));
            Dialog.WaitForElement(".body");
        }

        public IRenderedComponent<InviteDialog> Dialog { get; }

        public bool WasTold { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _context.DisposeAsync();
            await _scope.DisposeAsync();
        }
    }
}
