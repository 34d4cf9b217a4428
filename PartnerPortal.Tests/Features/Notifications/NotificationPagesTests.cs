using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Notifications;

public sealed class NotificationPagesTests
{
    [Fact]
    public async Task Bell_WhenSomethingComes_CountsAndSaysIt()
    {
        await using var scene = await NotificationScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Admin);
        var bell = pages.Render<NotificationBell>();
        Assert.Equal("Notifications, none new", bell.Find("button").TextContent);
        Assert.Empty(bell.FindAll("button b"));
        Assert.Equal("", bell.Find("[role=status]").TextContent);

        await scene.JoinAsync();

        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find("button b").TextContent));
        Assert.Equal("Notifications, 1 new", bell.Find("[role=status]").TextContent);
        Assert.Empty(bell.FindAll("dialog"));
        await bell.ActAsync("button", b => b.ClickAsync());
        bell.WaitForAssertion(() => Assert.Contains("Clara Client is now your client.", bell.Find("dialog .told").TextContent, StringComparison.Ordinal));
        await bell.ActAsync("dialog footer button", b => b.ClickAsync());
        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll(".bell button b")));
        Assert.Empty(bell.FindAll("dialog .new"));
        await bell.ActAsync("dialog footer button", b => b.ClickAsync());
        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find(".bell button b").TextContent));
        Assert.Single(bell.FindAll("dialog .new"));
    }

    [Fact]
    public async Task Page_FiltersByKindAndIsEmptyForAnother()
    {
        await using var scene = await NotificationScene.StartAsync();
        await scene.JoinAsync();
        await scene.WorkAsync((work, book) => book.MessageAsync(work, scene.Admin.AccountId, _ => "Look here", null, "/wallet", default));
        await using var pages = new ClientPages(scene.Portal, scene.Admin);

        var page = pages.Render<NotificationsPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".told li").Count));
        await page.ActAsync("#told-kind", s => s.ChangeAsync(new() { Value = nameof(NotificationKind.Message) }));
        Assert.EndsWith("/notifications?kind=Message", pages.Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("/wallet", Assert.Single(page.FindAll(".told a")).GetAttribute("href")));

        await using var others = new ClientPages(scene.Portal, scene.Wrong);
        var empty = others.Render<NotificationsPage>();
        empty.WaitForAssertion(() => Assert.Contains("Nothing new so far", empty.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_Chosen_AreKeptAndWhatIsAlwaysSentCannotBeChosen()
    {
        await using var scene = await NotificationScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Admin);
        var page = pages.Render<NotificationSettingsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".wish")));

        Assert.Contains("Always by mail", page.Find(".wish[aria-labelledby=n-ClaimAsked]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".wish[aria-labelledby=n-ClaimAsked] select"));
        Assert.Empty(page.FindAll("#n-Application"));
        await page.ActAsync(".wish[aria-labelledby=n-Purchase] select", s => s.ChangeAsync(new() { Value = nameof(MailWish.Daily) }));
        await page.ActAsync(".wish[aria-labelledby=n-ClientJoined] input", i => i.ChangeAsync(new() { Value = false }));

        Assert.Contains("Kept", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("no,Daily", await KeptAsync(scene, "notify.Purchase"));
        Assert.Equal("no,AtOnce", await KeptAsync(scene, "notify.ClientJoined"));
        await using var again = new ClientPages(scene.Portal, scene.Support);
        var staff = again.Render<NotificationSettingsPage>();
        staff.WaitForAssertion(() => Assert.NotNull(staff.Find("#n-Application")));
        Assert.Empty(staff.FindAll("#n-ClientJoined"));
    }

    private static Task<string> KeptAsync(NotificationScene scene, string key) =>
        scene.Portal.ReadAsync(db => db.UserPreferences.Where(p => p.UserId == scene.Admin.UserId && p.Key == key).Select(p => p.Value).SingleAsync());
}
