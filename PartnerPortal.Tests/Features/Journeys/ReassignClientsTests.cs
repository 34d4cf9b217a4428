using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class ReassignClientsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_OneClient_MovesOnlyTheCommissionLink(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, old, target) = (await world.SupportAsync(), await world.IntegratorAsync("Delta Punkt"), await world.IntegratorAsync("Brightwater Systems"));
        var client = await world.PersonAsync("José Almeida");
        await JoinAsync(portal, world, old, client);
        var before = await portal.ReadAsync(db => db.OutboxMessages.Select(m => m.Id).ToListAsync());

        var result = await ReassignAsync(portal, support, client, target, "  Signed with Brightwater at the fair ");

        Assert.Equal(1, result.Value);
        var attributions = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(AttributionEnd.Reassigned, attributions[0].EndedBecause);
        var open = Assert.Single(attributions, a => a.EndedAt is null);
        Assert.Equal((target.AccountId, CameBy.Support), ((long?)open.PartnerId, open.CameBy));
        Assert.Equal((AttributionRule.Staff, "Signed with Brightwater at the fair", support.UserId, null), (open.Receipt!.Rule, open.Receipt.Reason, open.Receipt.ActorUserId, open.Receipt.WordingVersion));
        Assert.Equal(old.AccountId, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == client.AccountId).Select(a => a.SponsorId).SingleAsync()));
        var consents = await portal.ReadAsync(db => db.Consents.OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([ConsentKind.Data, ConsentKind.Access], consents.Select(c => c.Kind));
        Assert.All(consents, c => Assert.Equal((old.AccountId, false), ((long?)c.PartnerId, c.WithdrawnAt is null)));
        var lines = await portal.ReadAsync(db => db.ClientRecords.ToDictionaryAsync(r => r.PartnerId));
        Assert.Equal(("J. A.", null, ClientStatus.Left, false), (lines[old.AccountId!.Value].Name, lines[old.AccountId.Value].Email, lines[old.AccountId.Value].Status, lines[old.AccountId.Value].IsShared));
        Assert.Equal(("J. A.", null, false), (lines[target.AccountId!.Value].Name, lines[target.AccountId.Value].Email, lines[target.AccountId.Value].IsShared));
        var mails = await portal.ReadAsync(db => db.OutboxMessages.Where(m => !before.Contains(m.Id)).ToListAsync());
        Assert.Equal(new[] { client.Email, old.Email, target.Email }.Order(), mails.Select(m => m.ToAddress).Order());
        Assert.All(mails, m => Assert.Equal(MailKinds.ClientReassigned, m.Kind));
        Assert.DoesNotContain(mails, m => m.ToAddress == target.Email && m.Text.Contains("Almeida", StringComparison.Ordinal));
        var entry = await portal.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Action == AuditActions.AttributionReassigned));
        Assert.Equal((support.UserId, client.AccountId), (entry.ActorUserId, entry.AccountId));
        var file = await portal.CallAsync<SupportClientQueries, ClientFile?>(q => q.FileAsync(client.AccountId!.Value, support, default));
        Assert.Equal("Brightwater Systems", file!.Partner!.PartnerName);
        Assert.Equal(ReceiptVerdict.Staff, file.Receipts[0].Verdict);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NotAllowedOrWrong_SaysWhyAndChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, old, target) = (await world.SupportAsync(), await world.IntegratorAsync("Delta Punkt"), await world.IntegratorAsync("Brightwater Systems"));
        var client = await world.PersonAsync("Nina Novak");
        await JoinAsync(portal, world, old, client);
        var suspended = await world.IntegratorAsync("Asleep");
        await world.SuspendAsync(suspended);

        Assert.IsType<NotAllowed>((await ReassignAsync(portal, old, client, target, "mine")).Error);
        Assert.IsType<ReasonMissing>((await ReassignAsync(portal, support, client, target, "  ")).Error);
        Assert.IsType<ReasonTooLong>((await ReassignAsync(portal, support, client, target, new string('x', ReassignClients.ReasonLength + 1))).Error);
        Assert.IsType<TargetTakesNoClients>((await ReassignAsync(portal, support, client, suspended, "why")).Error);
        Assert.IsType<NothingToMove>((await ReassignAsync(portal, support, client, old, "why")).Error);
        Assert.IsType<NothingToMove>((await ReassignAsync(portal, support, client, client, "why")).Error);
        Assert.IsType<OwnAccountInvolved>((await ReassignAsync(portal, support, support, target, "me")).Error);
        Assert.IsType<OwnAccountInvolved>((await ReassignAsync(portal, support, client, support, "to me")).Error);
        Assert.Equal(old.AccountId, await portal.ReadAsync(db => db.Attributions.Where(a => a.EndedAt == null).Select(a => (long?)a.PartnerId).SingleAsync()));
        Assert.Equal(0, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AttributionReassigned)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_FromAPartnerOfOnesOwn_IsRefused(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var client = await world.PersonAsync("Nina Novak");
        await JoinAsync(portal, world, support, client);

        var result = await ReassignAsync(portal, support, client, await world.IntegratorAsync("Other"), "conflict of interest");

        Assert.IsType<OwnAccountInvolved>(result.Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TwoReassignsAndAJoinAtOnce_EndWithOneOpenAttributionEachWithReceipt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (first, second) = (await world.SupportAsync("Sam"), await world.SupportAsync("Sofia"));
        var (a, b, c) = (await world.IntegratorAsync("Aurora"), await world.IntegratorAsync("Boreal"), await world.IntegratorAsync("Cumulo"));
        var client = await world.PersonAsync("Nina Novak");
        await JoinAsync(portal, world, a, client);
        var code = await world.CodeOfAsync(c);

        await Task.WhenAll(
            Task.Run(() => ReassignAsync(portal, first, client, b, "one")),
            Task.Run(() => ReassignAsync(portal, second, client, c, "two")),
            Task.Run(() => portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))));

        Assert.Equal(1, await portal.ReadAsync(db => db.Attributions.CountAsync(x => x.EndedAt == null)));
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync(x => x.Receipt == null)));
        var partner = await portal.ReadAsync(db => db.Attributions.Where(x => x.EndedAt == null).Select(x => x.PartnerId).SingleAsync());
        Assert.Equal([partner], await portal.ReadAsync(db => db.ClientRecords.Where(r => r.Status != ClientStatus.Left).Select(r => r.PartnerId).ToListAsync()));
    }

    private static Task<Result<int>> ReassignAsync(TestPortal portal, Actor actor, Actor client, Actor target, string reason) =>
        portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], target.AccountId!.Value, reason), actor, default));

    private static async Task JoinAsync(TestPortal portal, World world, Actor partner, Actor client)
    {
        var code = await world.CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
    }
}
