using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>Choosing lines, saved views and widths on the page of the list.</summary>
public sealed class ClientsGridTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Chosen_RangePageAndFilter_StayAndAreExplained()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var lines = await LinesAsync(portal, partner, 4);
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<ClientsPage>();
        Assert.Empty(page.FindAll(".picked"));

        Assert.True(await PickAsync(page, lines[0].Id));
        Assert.True(await PickAsync(page, lines[2].Id, range: true));
        Assert.False(await PickAsync(page, 987_654));
        Assert.Equal("3 selected", page.Find(".picked b").TextContent);
        Assert.False(await PickAsync(page, lines[1].Id));

        await page.ActAsync("input[type=search]", e => e.InputAsync("c0"));
        page.WaitForAssertion(() => Assert.Equal("1 of them is not in this filter", page.Find(".picked .hint").TextContent), Soon);
        Assert.Equal("2 selected", page.Find(".picked b").TextContent);
        await page.ActAsync("input[type=search]", e => e.InputAsync(""));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".picked .hint")), Soon);

        await page.ActAsync("#pick-page", e => e.ChangeAsync(true));
        Assert.Equal("4 selected", page.Find(".picked b").TextContent);
        await page.ActAsync(".picked .ghost", e => e.ClickAsync());
        Assert.Empty(page.FindAll(".picked"));
    }

    [Fact]
    public async Task Chosen_AllOfTheFilterTaggedAndUndone_ChangesThemOnEveryPage()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var lines = await LinesAsync(portal, partner, ClientQueries.PageSize + 2);
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<ClientsPage>();
        await PickAsync(page, lines[0].Id);
        await page.InvokeAsync(() => page.FindAll(".picked .ghost")[^1].ClickAsync());
        page.WaitForAssertion(() => Assert.Equal("52 selected", page.Find(".picked b").TextContent), Soon);

        await page.ActAsync(".picked [data-shortcut=t]", e => e.ClickAsync());
        await page.ActAsync("form:has(#many-tag)", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("Type a tag.", page.Find("#many-tag-error").TextContent), Soon);
        await page.ActAsync("#many-tag", e => e.InputAsync("Fair"));
        await page.ActAsync("form:has(#many-tag)", e => e.SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("52 clients now have the tag “Fair”.", page.Find(".picked.said").TextContent, StringComparison.Ordinal), Soon);
        Assert.Equal(52, await portal.ReadAsync(db => db.ClientTags.CountAsync()));
        await page.ActAsync(".picked.said .btn", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Taken back for 52 clients.", page.Find(".picked.said").TextContent, StringComparison.Ordinal), Soon);
        Assert.Equal(0, await portal.ReadAsync(db => db.ClientTags.CountAsync()));
    }

    [Fact]
    public async Task Chosen_InviteAgain_SaysBeforehandWhoGetsAMail()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var lines = await LinesAsync(portal, partner, 2);
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<ClientsPage>();
        await PickAsync(page, lines[0].Id);

        await page.ActAsync(".picked [data-shortcut=a]", e => e.ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("1 has no open invitation.", page.Find(".fates").TextContent, StringComparison.Ordinal), Soon);
        Assert.Empty(page.FindAll("dialog footer .primary"));
    }

    [Fact]
    public async Task Chosen_FinanceMember_ExportsOnly()
    {
        await using var portal = await TestPortal.StartAsync();
        var finance = await new World(portal).IntegratorAsync("Finn Finance", role: MemberRole.Finance);
        var lines = await LinesAsync(portal, finance, 1);
        await using var browser = new ClientPages(portal, finance);
        var page = browser.Render<ClientsPage>();
        await PickAsync(page, lines[0].Id);

        Assert.Empty(page.FindAll(".picked [data-shortcut=t], .picked [data-shortcut=a]"));
        await page.ActAsync(".picked [data-shortcut=e]", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("1 client is in the file.", page.Find(".picked.said").TextContent, StringComparison.Ordinal), Soon);
    }

    [Fact]
    public async Task Views_SavedDefaultAndDeleted_AreTabsWithAddresses()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await LinesAsync(portal, partner, 3);
        await using var browser = new ClientPages(portal, partner);
        browser.Navigation.NavigateTo(PortalUrls.Clients + "?q=c1");
        var page = browser.Render<ClientsPage>();

        await page.ActAsync(".tools .save", e => e.ClickAsync());
        await page.ActAsync("form:has(#view-name)", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("Give the view a name.", page.Find("#view-name-error").TextContent), Soon);
        await page.ActAsync("#view-name", e => e.InputAsync("Only one"));
        await page.ActAsync("form:has(#view-name)", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("Only one", page.Find(".views [aria-current] span").TextContent), Soon);
        Assert.Contains("/clients?view=", browser.Navigation.Uri, StringComparison.Ordinal);

        await ClickAsync(page, "Open it by itself");
        await using (var later = new ClientPages(portal, partner))
        {
            var again = later.Render<ClientsPage>();
            Assert.Equal(["C1"], Names(again));
            Assert.EndsWith("/clients?view=all", again.Find(".views a").GetAttribute("href"), StringComparison.Ordinal);
            Assert.Contains("?view=", again.Find("tbody th a").GetAttribute("href"), StringComparison.Ordinal);
            later.Navigation.NavigateTo(PortalUrls.Clients + "?view=all");
            again.WaitForAssertion(() => Assert.Equal(3, Names(again).Count), Soon);
        }

        await ClickAsync(page, "Delete the view");
        page.WaitForAssertion(() => Assert.Contains("The view “Only one” is deleted.", page.Find(".picked.said").TextContent, StringComparison.Ordinal), Soon);
        page.WaitForAssertion(() => Assert.Equal(3, Names(page).Count), Soon);
        await page.ActAsync(".picked.said .btn", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(["C1"], Names(page)), Soon);
    }

    [Fact]
    public async Task Widths_MovedAndReset_AreInTheFirstDrawnPageOfTheNextSession()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await LinesAsync(portal, partner, 1);
        await using (var browser = new ClientPages(portal, partner))
        {
            var page = browser.Render<ClientsPage>();
            Assert.Null(page.Find("th.name").GetAttribute("style"));
            await page.InvokeAsync(() => page.Instance.OnWidths(new Dictionary<string, int> { ["Name"] = 300, ["Email"] = 260 }));
        }

        using var plain = await portal.BrowserOfAsync(partner);
        Assert.Contains("inline-size:min(300px,", await plain.GetStringAsync(new Uri(PortalUrls.Clients, UriKind.Relative)), StringComparison.Ordinal);
        await using var later = new ClientPages(portal, partner);
        var again = later.Render<ClientsPage>();
        Assert.Equal("300", again.Find("[data-width=Name]").GetAttribute("aria-valuenow"));
        await again.InvokeAsync(() => again.Instance.OnWidthReset("Name"));
        Assert.Equal("184", again.Find("[data-width=Name]").GetAttribute("aria-valuenow"));
    }

    private static async Task<List<ClientRecord>> LinesAsync(TestPortal portal, Actor partner, int count)
    {
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        List<ClientRecord> lines = [.. Enumerable.Range(0, count).Select(i => ClientLines.Typed(partner, $"C{i}", $"c{i}@x.test", at: start.AddMinutes(-i)))];
        await portal.AddAsync(lines);
        return lines;
    }

    private static async Task<bool> PickAsync(IRenderedComponent<ClientsPage> page, long id, bool range = false)
    {
        var chosen = false;
        await page.InvokeAsync(async () => chosen = await page.Instance.OnPick(id, range));
        return chosen;
    }

    private static Task ClickAsync(IRenderedComponent<ClientsPage> page, string words) =>
        page.InvokeAsync(() => page.FindAll(".tools .save button").First(b => b.TextContent.Trim() == words).ClickAsync());

    private static List<string> Names(IRenderedComponent<ClientsPage> page) => [.. page.FindAll("tbody th a").Select(a => a.TextContent)];
}
