using System.Diagnostics;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ClientsPageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>Between purchases of a shop that sells all the time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Page_LineArrives_ShowsItMarkedNewButNotInAnotherPartnersList()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Other Partner");
        await portal.AddAsync(ClientLines.Typed(partner, "Ida", "ida@x.test"), ClientLines.Typed(other, "Ole", "ole@x.test"));
        await using var mine = new ClientPages(portal, partner);
        await using var theirs = new ClientPages(portal, other);
        var page = mine.Render<ClientsPage>();
        var their = theirs.Render<ClientsPage>();
        Assert.Equal(["Ida"], Names(page));

        await portal.AddAsync(ClientLines.Typed(partner, "José Almeida", "jose@x.test", at: portal.Clock.Now));

        page.WaitForAssertion(() => Assert.Equal(["José Almeida", "Ida"], Names(page)), Soon);
        Assert.Equal("José Almeida", page.Find("tr.new th a").TextContent);
        Assert.Contains("José Almeida", page.Find("p[role=status].vh").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 new", page.Find(".head .sub").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ole"], Names(their));
    }

    [Fact]
    public async Task Page_FirstClientArrives_TakesTheEmptyStatesPlace()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var mine = new ClientPages(portal, partner);
        var page = mine.Render<ClientsPage>();
        Assert.NotNull(page.Find(".ways .way"));

        await portal.AddAsync(ClientLines.Typed(partner, "José Almeida", "jose@x.test", at: portal.Clock.Now));

        page.WaitForAssertion(() => Assert.Equal(["José Almeida"], Names(page)), Soon);
        Assert.Contains("José Almeida", page.Find("p[role=status].vh").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SortSearchAndFilter_StandInTheAddressAndInTheList()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var (ida, jose) = (ClientLines.Typed(partner, "Ida", "z@x.test"), ClientLines.Typed(partner, "José", "a@x.test", at: new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc)));
        jose.AddTag("Retail");
        await portal.AddAsync(ida, jose);
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<ClientsPage>();
        Assert.Equal(["Ida", "José"], Names(page));

        await page.ActAsync("th.mail button", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(["José", "Ida"], Names(page)), Soon);
        Assert.Equal("ascending", page.Find("th.mail").GetAttribute("aria-sort"));
        Assert.EndsWith("/clients?sort=Email", browser.Navigation.Uri, StringComparison.Ordinal);

        await page.ActAsync("input[type=search]", e => e.InputAsync("jose"));
        page.WaitForAssertion(() => Assert.Equal(["José"], Names(page)), Soon);
        Assert.Contains("q=jose", browser.Navigation.Uri, StringComparison.Ordinal);

        await page.ActAsync("input[type=search]", e => e.InputAsync(""));
        page.WaitForAssertion(() => Assert.Equal(2, Names(page).Count), Soon);
        await page.ActAsync(".chips summary", e => e.TriggerEventAsync("onfocusin", new FocusEventArgs()));
        await page.ActAsync("#filter-tag", e => e.ChangeAsync("Retail"));
        page.WaitForAssertion(() => Assert.Equal(["José"], Names(page)), Soon);
        await page.ActAsync(".chip button", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(2, Names(page).Count), Soon);
    }

    [Fact]
    public async Task Page_NothingMatchesAndNoClients_SayWhatToDo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var empty = await world.IntegratorAsync("Empty Partner");
        await portal.AddAsync(ClientLines.Typed(partner, "Ida", "ida@x.test"));
        await using var full = new ClientPages(portal, partner);
        await using var none = new ClientPages(portal, empty);
        full.Navigation.NavigateTo(PortalUrls.Clients + "?q=zzz");

        Assert.Equal("No client matches", full.Render<ClientsPage>().Find(".empty h2").TextContent);
        var page = none.Render<ClientsPage>();
        Assert.Equal(2, page.FindAll(".ways .way").Count);
        Assert.EndsWith(await world.CodeOfAsync(empty), page.Find(".way input").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ColumnTakenAway_StaysAway()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(ClientLines.Typed(partner, "Ida", "ida@x.test"));
        await using (var browser = new ClientPages(portal, partner))
        {
            var page = browser.Render<ClientsPage>();
            await page.ActAsync(".cols summary", e => e.TriggerEventAsync("onfocusin", new FocusEventArgs()));
            await page.InvokeAsync(() => page.FindAll(".cols input")[4].ChangeAsync(false));
            page.WaitForAssertion(() => Assert.Empty(page.FindAll("th.since")), Soon);
        }

        await using var later = new ClientPages(portal, partner);
        var again = later.Render<ClientsPage>();
        Assert.Empty(again.FindAll("th.since"));
        Assert.Single(again.FindAll("th.mail"));
    }

    [Fact]
    public async Task Sheet_ClientBought_SaysForHowMuchToWhomMayKnow()
    {
        await using var portal = await TestPortal.StartAsync();
        var (money, shop) = (new MoneyWorld(portal), new ShopWorld(portal));
        await shop.TermsAsync(discount: null);
        var (person, partner) = await shop.ClientAsync();
        var client = person.AccountId!.Value;
        var line = await portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == client).Select(r => r.Id).SingleAsync());
        await using (var browser = new ClientPages(portal, partner))
        {
            Assert.Equal("Nothing yet", browser.Render<ClientsPage>(p => p.Add(x => x.Id, line)).Find(".bought .mute").TextContent);
        }

        Assert.True((await money.BuyAsync(money.Purchase(client, "p-1", 8000))).Ok);
        Assert.True((await money.BuyAsync(money.Purchase(client, "p-2", 2000))).Ok);
        Assert.True((await money.RefundAsync(money.Refund("p-1", "r-1", 4000))).Ok);

        await using var later = new ClientPages(portal, partner);
        var page = later.Render<ClientsPage>(p => p.Add(x => x.Id, line));
        Assert.Contains("€60.00", page.Find(".bought").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 purchases", page.Find(".bought").TextContent, StringComparison.Ordinal);
        Assert.Equal("€6.00", page.Find(".bought a").TextContent);
        foreach (var other in new[] { partner with { Role = MemberRole.Seller }, await shop.People.IntegratorAsync("Another partner") })
        {
            Assert.Empty(await portal.CallAsync<ClientMoneyQueries, IReadOnlyList<ClientMoney>>(q => q.OfClientAsync(client, other, default)));
        }
    }

    [Fact]
    public async Task Sheet_NoteTagAndWalk_AreKept()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var (ida, ole) = (ClientLines.Typed(partner, "Ida", "ida@x.test"), ClientLines.Typed(partner, "Ole", "ole@x.test", at: new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc)));
        await portal.AddAsync(ida, ole);
        await using var browser = new ClientPages(portal, partner);
        browser.Navigation.NavigateTo(PortalUrls.Client(ida.Id));
        var page = browser.Render<ClientsPage>(p => p.Add(c => c.Id, ida.Id));
        Assert.Equal("Ida", page.Find("tr[aria-current] a").TextContent);

        await page.ActAsync("#client-note", e => e.ChangeAsync("Call in May"));
        page.WaitForAssertion(() => Assert.Equal("Saved.", page.Find("#client-note-state").TextContent), Soon);
        await page.ActAsync(".facts button[aria-label='Add a tag']", e => e.ClickAsync());
        await page.ActAsync("#client-tag", e => e.InputAsync("Key"));
        await page.ActAsync(".tagging form", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("Key", page.Find("td.tags .tag").TextContent.Trim()), Soon);
        await page.ActAsync("button[data-shortcut=j]", e => e.ClickAsync());

        Assert.EndsWith(PortalUrls.Client(ole.Id), browser.Navigation.Uri, StringComparison.Ordinal);
        var card = await portal.CallAsync<ClientQueries, ClientCard?>(q => q.CardAsync(ida.Id, partner, default));
        Assert.Equal(("Call in May", "Key"), (card!.Note, card.Row.Tags[0]));
    }

    [Fact]
    public async Task Sheet_OfClientWhoJoined_SaysWhyItIsThePartners()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("Nina Novak");
        var code = await world.CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
        var id = await portal.ReadAsync(db => db.ClientRecords.Select(r => r.Id).SingleAsync());
        await using var browser = new ClientPages(portal, partner);
        browser.Navigation.NavigateTo(PortalUrls.Client(id));

        var page = browser.Render<ClientsPage>(p => p.Add(c => c.Id, id));

        page.WaitForAssertion(() => Assert.Contains("Nina Novak said Yes to Brightwater Systems", page.Find("details.earlier").TextContent, StringComparison.Ordinal), Soon);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Page_ClientsBuy_FollowsCalmly(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, money) = (new World(portal), new MoneyWorld(portal));
        var (partner, client) = (await world.IntegratorAsync("Brightwater Systems"), await world.PersonAsync("Nina Novak"));
        var code = await world.CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<ClientsPage>();
        page.WaitForAssertion(() => Assert.NotEqual("1", Bought()), Soon);

        await BuyAsync("b-0");
        page.WaitForAssertion(() => Assert.Equal("1", Bought()), Soon);
        var (drawn, clock) = (page.RenderCount, Stopwatch.StartNew());
        for (var i = 1; i < 40; i++)
        {
            await BuyAsync($"b-{i}");
            await Task.Delay(Pause);
        }

        page.WaitForAssertion(() => Assert.Equal("40", Bought()), Soon + Soon);
        var most = 1 + (int)(clock.Elapsed.TotalSeconds / 4);
        Assert.InRange(page.RenderCount - drawn, 1, most);

        string Bought() => page.Find("td.buys").TextContent.Trim();

        async Task BuyAsync(string id) => Assert.True((await money.BuyAsync(money.Purchase(client.AccountId!.Value, id))).Ok);
    }

    private static List<string> Names(IRenderedComponent<ClientsPage> page) => [.. page.FindAll("tbody th a").Select(a => a.TextContent)];
}
