using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What a partner sees follows the client's consent, in every column.</summary>
public sealed class SharingTests
{
    private const string Name = "Nina Zvezdanova";
    private const string Email = "nina.zv@example.test";

    [Theory, OnSqlite, OnPostgres]
    public async Task StopSharing_HidesEverythingOfTheAccountAndKeepsThePartner(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (partner, client) = await JoinedAsync(portal);
        await AssertColumnsAsync(portal, partner, shown: true);

        var result = await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(client, default));

        Assert.True(result.Ok);
        await AssertColumnsAsync(portal, partner, shown: false);
        Assert.Equal(1, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.EndedAt == null)));
        Assert.Equal([ConsentKind.Access], await portal.ReadAsync(db => db.Consents.Where(c => c.WithdrawnAt == null).Select(c => c.Kind).ToListAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == AuditActions.ConsentWithdrawn)));
        Assert.Equal(ClientEventKind.SharingEnded, await portal.ReadAsync(db => db.ClientEvents.OrderBy(e => e.Id).Select(e => e.Kind).LastAsync()));
        Assert.True((await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(client, default))).Ok);
        Assert.Equal(1, await portal.ReadAsync(db => db.ClientEvents.CountAsync(e => e.Kind == ClientEventKind.SharingEnded)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ShareDetails_AfterSupportMovedTheClient_ShowsThemWithConsentAndMail(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (_, client) = await JoinedAsync(portal);
        var second = await world.IntegratorAsync("Delta Punkt");
        await portal.CallAsync<ReassignClients, Result<int>>(async u => await u.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], second.AccountId!.Value, "asked by phone"), await world.SupportAsync(), default));
        await AssertColumnsAsync(portal, second, shown: false);
        var before = await portal.CallAsync<MyPartnerQueries, MyPartner?>(q => q.CurrentAsync(client, default));
        Assert.Equal((false, "N. Z."), (before!.Seen!.IsShared, before.Seen.Name));

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => portal.CallAsync<ShareDetails, Result<Done>>(u => u.ExecuteAsync("es", client, default)))));

        Assert.All(results, r => Assert.True(r.Ok, r.Error?.ToString()));
        await AssertColumnsAsync(portal, second, shown: true);
        var consent = await portal.ReadAsync(db => db.Consents.SingleAsync(c => c.WithdrawnAt == null));
        Assert.Equal((second.AccountId, ConsentKind.Data, ConsentWording.Current, "es"), ((long?)consent.PartnerId, consent.Kind, consent.WordingVersion, consent.Language));
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.ClientShared)));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == AuditActions.ConsentGiven)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task LeavePartner_HidesEverythingButWhatThePartnerTyped(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(u => u.ExecuteAsync(new InviteRequest([Email], "en"), partner, default));
        var client = await world.PersonAsync(Name, Email);
        await JoinAsync(portal, await world.CodeOfAsync(partner), client);

        var result = await portal.CallAsync<LeavePartner, Result<Done>>(u => u.ExecuteAsync(client, default));

        Assert.True(result.Ok);
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync());
        Assert.Equal((ClientStatus.Left, Email, Email, "N. Z."), (line.Status, line.TypedEmail, line.Email, line.Name));
        Assert.DoesNotContain("zvezdanova", string.Join(' ', await TextsAsync(portal, partner)), StringComparison.OrdinalIgnoreCase);
        Assert.Null(await portal.CallAsync<MyPartnerQueries, MyPartner?>(q => q.CurrentAsync(client, default)));
        Assert.IsType<HasNoPartner>((await portal.CallAsync<LeavePartner, Result<Done>>(u => u.ExecuteAsync(client, default))).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ConsentsCsv_Staff_ListsGivenAndWithdrawnWithWordingAndLeavesAnEntry(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (_, client) = await JoinedAsync(portal);
        await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(client, default));
        using var browser = await SignedIn.SignedInClient(portal, await new World(portal).SupportAsync());

        var lines = (await browser.GetStringAsync(new Uri(PortalUrls.ConsentsCsv, UriKind.Relative))).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.Contains("Sees the data", lines[1], StringComparison.Ordinal);
        Assert.Contains(Name, lines[1], StringComparison.Ordinal);
        Assert.EndsWith("2026-11-20T10:00:00Z,2026-11-20T10:00:00Z", lines[1], StringComparison.Ordinal);
        Assert.Contains("May ask for access", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("Z,", lines[2], StringComparison.Ordinal);
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ConsentsExported)));
    }

    [Fact]
    public async Task Sharing_NotAdminOrNoPartner_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var seller = await world.PersonAsync("Sel Ler", role: MemberRole.Seller);
        var alone = await world.PersonAsync("Al One");

        Assert.IsType<NotAdminOfAccount>((await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(seller, default))).Error);
        Assert.IsType<NotAdminOfAccount>((await portal.CallAsync<ShareDetails, Result<Done>>(u => u.ExecuteAsync("en", seller, default))).Error);
        Assert.IsType<HasNoPartner>((await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(alone, default))).Error);
        Assert.IsType<HasNoPartner>((await portal.CallAsync<ShareDetails, Result<Done>>(u => u.ExecuteAsync("en", alone, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<ShareDetails, Result<Done>>(u => u.ExecuteAsync("en", Actor.Visitor, default))).Error);
    }

    [Theory]
    [InlineData("en", SwitchingRule.Allowed, "You can leave Brightwater Systems at any time")]
    [InlineData("es", SwitchingRule.Allowed, "Puedes dejar a Brightwater Systems cuando quieras")]
    [InlineData("en", SwitchingRule.BySupport, "only support ends a partnership")]
    [InlineData("en", SwitchingRule.LockedForDays, "by yourself from 20 December 2026 on")]
    public async Task MyPartnerPage_Client_TellsWhoWhyWhatAndHowToLeave(string language, SwitchingRule rule, string leaving)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.ProgramAsync(p => (p.Leaving, p.SwitchingLockDays) = (rule, 30));
        var (_, client) = await JoinedAsync(portal);

        var page = await (await SignedIn.SignedInClient(portal, client, language)).ReadAsync("/my-partner");

        Assert.Contains(leaving, page, StringComparison.Ordinal);
        Assert.Contains(Email, page, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "You said Yes to Brightwater Systems on 20 Nov 2026" : "Dijiste que sí a Brightwater Systems", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task WaitingAsync_InvitationsToTheAddress_ListsEachPartnerOnceUntilAnswered(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var client = await world.PersonAsync(Name, Email);
        var codes = new List<string>();
        foreach (var name in new[] { "Aurora", "Boreal", "Cumulo" })
        {
            var partner = await world.IntegratorAsync(name);
            codes.Add(await world.CodeOfAsync(partner));
            await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(u => u.ExecuteAsync(new InviteRequest(["NINA.zv@example.test"], "en"), partner, default));
        }

        Assert.Equal(["Cumulo", "Boreal", "Aurora"], (await WaitingAsync()).Select(w => w.Name));
        await portal.CallAsync<RefusePartner, Result<Done>>(u => u.ExecuteAsync(codes[1], null, client, default));
        await JoinAsync(portal, codes[0], client);
        Assert.Equal([("Cumulo", codes[2])], (await WaitingAsync()).Select(w => (w.Name, w.Code)));
        portal.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await WaitingAsync());

        Task<IReadOnlyList<WaitingPartner>> WaitingAsync() => portal.CallAsync<MyPartnerQueries, IReadOnlyList<WaitingPartner>>(q => q.WaitingAsync(client, default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task OfClientAsync_EachReader_SeesWhatIsItsOwn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, client) = await JoinedAsync(portal);
        var second = await world.IntegratorAsync("Delta Punkt");
        var support = await world.SupportAsync();
        await portal.CallAsync<ReassignClients, Result<int>>(u => u.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], second.AccountId!.Value, "asked by phone"), support, default));

        var own = await ReadAsync(ReceiptAudience.Client, client);
        var staff = await ReadAsync(ReceiptAudience.Support, support);
        var theirs = Assert.Single(await ReadAsync(ReceiptAudience.Partner, second));

        Assert.Equal([ReceiptVerdict.Staff, ReceiptVerdict.Yes], own.Select(r => r.Verdict));
        Assert.All(own, r => Assert.Null(r.Reason));
        Assert.Equal(("asked by phone", "Sam Support"), (staff[0].Reason, staff[0].ActorName));
        Assert.Equal(("N. Z.", "", null), (theirs.ClientName, theirs.Contenders[1].PartnerName, theirs.ActorName));
        Assert.Equal([ReceiptVerdict.Yes], (await ReadAsync(ReceiptAudience.Partner, partner)).Select(r => r.Verdict));
        Assert.Empty(await ReadAsync(ReceiptAudience.Support, client));
        Assert.Empty(await ReadAsync(ReceiptAudience.Client, partner));

        Task<IReadOnlyList<ReceiptData>> ReadAsync(ReceiptAudience audience, Actor actor) =>
            portal.CallAsync<ReceiptQueries, IReadOnlyList<ReceiptData>>(q => q.OfClientAsync(client.AccountId!.Value, audience, actor, default));
    }

    private static async Task<(Actor Partner, Actor Client)> JoinedAsync(TestPortal portal)
    {
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync(Name, Email);
        await JoinAsync(portal, await world.CodeOfAsync(partner), client);
        return (partner, client);
    }

    private static Task<Result<JoinOffer>> JoinAsync(TestPortal portal, string code, Actor client) =>
        portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default));

    /// <summary>Every text column of the partner's lines and of their events and tags, whatever it is called.</summary>
    private static Task<List<string>> TextsAsync(TestPortal portal, Actor partner) => portal.ReadAsync(async db =>
    {
        var lines = await db.ClientRecords.Include(r => r.Tags).Include(r => r.Events).Where(r => r.PartnerId == partner.AccountId).ToListAsync();
        return lines.SelectMany(l => l.Events.Cast<object>().Concat(l.Tags).Append(l))
            .SelectMany(row => row.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (string?)p.GetValue(row)))
            .OfType<string>().ToList();
    });

    private static async Task AssertColumnsAsync(TestPortal portal, Actor partner, bool shown)
    {
        var all = string.Join(' ', await TextsAsync(portal, partner));
        Assert.Equal(shown, all.Contains("zvezdanova", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(shown, all.Contains(Email, StringComparison.OrdinalIgnoreCase));
    }
}
