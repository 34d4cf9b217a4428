using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.AccessGrants;

/// <summary>What can be done for a client, what cannot, and what the client reads of it.</summary>
public sealed class ActingTests
{
    /// <summary>Which policies a new scope or page may lean on is decided here; all others refuse.</summary>
    [Theory]
    [InlineData(AccessScopes.ViewProfile, new[] { Policies.AlsoActing, Policies.Profile })]
    [InlineData(AccessScopes.ViewPurchases, new[] { Policies.AlsoActing, Policies.Invoices, Policies.Purchases })]
    [InlineData(AskForAccess.OfPartners, new[] { Policies.AlsoActing, Policies.Invoices, Policies.Orders, Policies.Profile, Policies.Purchases })]
    public void Policies_WhoActs_OpenOnlyWhatIsListed(AccessScopes scopes, string[] open)
    {
        var options = new AuthorizationOptions();
        Policies.Add(options);
        var actor = new Actor(1, "Ana", null, "", null) { Acting = new Acting(1, 1, 2, "Clara", 3, "Nordwind", scopes, DateTime.MaxValue) };
        var names = typeof(Policies).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(open, names.Where(n => Allows(options.GetPolicy(n)!)).Order(StringComparer.Ordinal));
        Assert.False(Allows(options.DefaultPolicy));
        Assert.Equal(Policies.WhileActing.Order(StringComparer.Ordinal), new[] { Policies.AlsoActing, Policies.Invoices, Policies.Orders, Policies.Profile, Policies.Purchases });

        bool Allows(AuthorizationPolicy policy) => policy.Requirements.OfType<ActorRequirement>().All(r => r.Allows(actor));
    }

    [Fact]
    public async Task Actor_WhoActs_HasNoRightsOfItsOwn()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();

        var acting = await world.ActAsync(await world.GrantAsync(partner, client), partner);

        Assert.Equal((partner.UserId, null, null, client.AccountId, client.AccountName), (acting.UserId, acting.AccountId, acting.Role, acting.Acting?.ClientId, acting.Acting?.ClientName));
        Assert.False(acting.IsPartner || acting.IsStaff || acting.MaySell || acting.MayAdminister || acting.MaySeeMoney);
        Assert.IsType<NotAllowed>((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(acting, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<StopSharing, Result<Done>>(l => l.ExecuteAsync(acting, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<CloseAccount, Result<Done>>(l => l.ExecuteAsync(acting, default))).Error);
        Assert.IsType<NotAllowed>((await world.AskAsync(acting, client.AccountId!.Value)).Error);
        Assert.IsType<NotAllowed>((await world.ApproveAsync(1, acting)).Error);
        Assert.Empty(await portal.CallAsync<AccessQueries, IReadOnlyList<AccessRow>>(q => q.OfOwnAccountAsync(acting, default)));
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("remove")]
    [InlineData("finance")]
    [InlineData("revoke")]
    [InlineData("stop")]
    public async Task Actor_WhatTheAccessRestsOnGoes_MayNothing(string how)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var seller = await world.People.ColleagueAsync(partner, "Sel Ler", MemberRole.Seller);
        var grant = await world.GrantAsync(partner, client);
        var session = await world.StartAsync(grant, seller);
        var before = await world.AgainAsync(seller, session);
        var seat = await portal.ReadAsync(db => db.Members.Where(m => m.UserId == seller.UserId && m.AccountId == partner.AccountId).Select(m => m.Id).SingleAsync());

        await (how switch
        {
            "suspend" => world.People.SuspendAsync(partner),
            "remove" => portal.CallAsync<RemoveMember, Result<string>>(r => r.ExecuteAsync(seat, partner, default)),
            "finance" => portal.CallAsync<ChangeMemberRole, Result<Done>>(r => r.ExecuteAsync(seat, MemberRole.Finance, partner, default)),
            "revoke" => world.RevokeAsync(grant, client),
            _ => portal.CallAsync<StopActing, Result<Done>>(s => s.ExecuteAsync(before, default)),
        });

        var after = await world.AgainAsync(seller, session);
        Assert.True(after is { HasLostAccess: true, Acting: null, AccountId: null, Role: null, IsPartner: false });
        // Who was let in a moment ago, and acts now: the database is asked again.
        Assert.IsType<NotAllowed>((await portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(Profile("Other"), before, default))).Error);
        Assert.Null(await portal.CallAsync<ClientProfileQueries, OwnAccount?>(q => q.ReadAsync(before, default)));
        Assert.Equal(client.AccountName, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == client.AccountId).Select(a => a.Name).SingleAsync()));
    }

    [Fact]
    public async Task Diary_TellsEachReadingAndEachChange()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, shop) = (new AccessWorld(portal), new ShopWorld(portal));
        await shop.PlanAsync();
        var (partner, client) = await world.PairAsync();
        var ana = await world.People.ColleagueAsync(partner, "Ana Lima", MemberRole.Seller);
        var invoice = (await shop.OrderAsync(client)).Value.InvoiceNumber;
        var acting = await world.ActAsync(await world.GrantAsync(partner, client), ana);

        for (var opened = 0; opened < 2; opened++)
        {
            // Drawn, live, drawn again: opened once each time.
            Assert.Single((await portal.CallAsync<OrderQueries, Page<OrderRow>>(q => q.OwnAsync(null, acting, default))).Items);
            await portal.CallAsync<OrderQueries, IReadOnlyList<BoughtRow>>(q => q.BoughtAsync(10, acting, default));
            portal.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.NotNull(await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(invoice, acting, default)));
        Assert.NotNull(await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(invoice, acting, default, isFile: true)));
        Assert.Equal(client.Email, (await portal.CallAsync<ClientProfileQueries, OwnAccount?>(q => q.ReadAsync(acting, default)))!.Email);
        Assert.Null((await portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(Profile("Clara & Co"), acting, default))).Error);
        var ordered = await shop.OrderAsync(acting);
        Assert.Null(ordered.Error);

        using var browser = await SignedIn.SignedInClient(portal, client);
        var csv = await browser.ReadAsync(PortalUrls.AccessDiaryCsv);
        var told = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Reverse().Select(l => l[(l.IndexOf(",Nordwind,", StringComparison.Ordinal) + 10)..]).ToList();
        Assert.Equal(
            [
                "Ana Lima of Nordwind opened your account,1",
                "Ana Lima of Nordwind opened your purchases and invoices,1",
                "Ana Lima of Nordwind opened your purchases and invoices,1",
                $"Ana Lima of Nordwind opened invoice {invoice},1",
                $"Ana Lima of Nordwind downloaded invoice {invoice},1",
                "Ana Lima of Nordwind opened your profile,1",
                "\"Ana Lima of Nordwind changed your profile: name, website\",1",
                "\"Ana Lima of Nordwind ordered for you: team, 100.00 EUR\",1",
            ], told);
        var page = await browser.ReadAsync(PortalUrls.Access);
        Assert.Contains("Ana Lima of Nordwind opened your purchases and invoices", page, StringComparison.Ordinal);
        var entry = await portal.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Action == AuditActions.OrderPlaced && e.GrantId != null));
        Assert.Equal((ana.UserId, partner.AccountId, client.AccountId), (entry.ActorUserId, entry.ActorAccountId, entry.AccountId));
        Assert.Equal(client.AccountId, await portal.ReadAsync(db => db.Orders.Where(o => o.Id == ordered.Value.OrderId).Select(o => (long?)o.ClientId).SingleAsync()));
    }

    [Fact]
    public async Task Diary_SupportOpensTheRecord_TellsTheClientOnce()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var support = await world.People.SupportAsync();

        Assert.NotNull(await FileAsync(support));
        Assert.NotNull(await FileAsync(support));
        Assert.Null(await FileAsync(partner));

        using var browser = await SignedIn.SignedInClient(portal, client);
        var page = await browser.ReadAsync(PortalUrls.Access);
        Assert.Single(new Regex("looked you up").Matches(page));
        Assert.Contains($"{support.Name} of ", page, StringComparison.Ordinal);
        using var other = await SignedIn.SignedInClient(portal, partner);
        Assert.DoesNotContain("looked you up", await other.ReadAsync(PortalUrls.Access), StringComparison.Ordinal);

        Task<ClientFile?> FileAsync(Actor by) => portal.CallAsync<SupportClientQueries, ClientFile?>(q => q.FileAsync(client.AccountId!.Value, by, default));
    }

    [Fact]
    public async Task Diary_WhatWasNotAllowed_IsNeitherReadNorDone()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, shop) = (new AccessWorld(portal), new ShopWorld(portal));
        await shop.PlanAsync();
        var (partner, client) = await world.PairAsync();
        var invoice = (await shop.OrderAsync(client)).Value;
        var acting = await world.ActAsync(await world.GrantAsync(partner, client, AccessScopes.ViewProfile), partner);

        Assert.Empty((await portal.CallAsync<OrderQueries, Page<OrderRow>>(q => q.OwnAsync(null, acting, default))).Items);
        Assert.Null(await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(invoice.InvoiceNumber, acting, default)));
        Assert.Null(await portal.CallAsync<OrderQueries, InvoiceParty?>(q => q.BuyerAsync(acting, default)));
        Assert.IsType<NotAllowed>((await shop.OrderAsync(acting)).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(Profile("Other"), acting, default))).Error);
        Assert.IsType<OrderRefused>((await shop.CancelAsync(invoice.OrderId, acting)).Error);
        Assert.Equal([AuditActions.AccessStarted], await portal.ReadAsync(db => db.AuditEntries.Where(e => e.GrantId != null).Select(e => e.Action).ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Revoke_WhileOrdering_EitherIsWhole(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, shop) = (new AccessWorld(portal), new ShopWorld(portal));
        await shop.PlanAsync();
        var (partner, client) = await world.PairAsync();
        var grant = await world.GrantAsync(partner, client);
        var acting = await world.ActAsync(grant, partner);

        var orders = Enumerable.Range(0, 6).Select(_ => Task.Run(() => shop.OrderAsync(acting))).ToList();
        var revoked = Task.Run(() => world.RevokeAsync(grant, client));
        var placed = await Task.WhenAll(orders);

        Assert.Null((await revoked).Error);
        Assert.All(placed.Where(p => !p.Ok), p => Assert.IsType<NotAllowed>(p.Error));
        var log = await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action == AuditActions.OrderPlaced || e.Action == AuditActions.AccessRevoked).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync());
        Assert.Equal(placed.Count(p => p.Ok), log.IndexOf(AuditActions.AccessRevoked));
        Assert.Equal(AuditActions.AccessRevoked, log[^1]);
        Assert.IsType<NotAllowed>((await shop.OrderAsync(acting)).Error);
    }

    [Fact]
    public async Task Forms_OfAnotherThanOneActsFor_AreRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, shop) = (new AccessWorld(portal), new ShopWorld(portal));
        await shop.PlanAsync();
        var (partner, client) = await world.PairAsync();
        var session = await world.StartAsync(await world.GrantAsync(partner, client), partner);
        using var own = await SignedIn.ClientAsync(portal, partner);
        using var acting = await world.BrowserAsync(partner, session);
        var address = PortalUrls.OrderOf("team", "EUR");

        // Drawn in one's own account, sent after acting began in another tab.
        var drawn = TokenOf(await own.GetStringAsync(new Uri(address, UriKind.Relative)));
        acting.DefaultRequestHeaders.Add("Cookie", await AntiforgeryCookieAsync(own, address));
        using var refused = await acting.PostFormAsync(address, "order", ("__RequestVerificationToken", drawn), ("Posted.Name", "Clara"), ("Posted.Key", "k1"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(0, await portal.ReadAsync(db => db.Orders.CountAsync()));
        var page = await acting.ReadAsync(PortalUrls.Profile);
        Assert.Contains("You act for Clara Client", page, StringComparison.Ordinal);
        Assert.Contains(client.Email, page, StringComparison.Ordinal);
        Assert.DoesNotContain(partner.Email, page, StringComparison.Ordinal);
    }

    private static ProfileRequest Profile(string name) => new(name, AccountKind.Person, "", "DE", "https://clara.test", "en");

    private static string TokenOf(string page) =>
        System.Net.WebUtility.HtmlDecode(Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    /// <summary>A page's cookie is set once a browser; asked with none it comes again, so the token must be of the same answer.</summary>
    private static async Task<string> AntiforgeryCookieAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        return response.RequestMessage!.Headers.GetValues("Cookie").SelectMany(c => c.Split("; ")).Single(c => c.StartsWith("portal.antiforgery", StringComparison.Ordinal));
    }
}
