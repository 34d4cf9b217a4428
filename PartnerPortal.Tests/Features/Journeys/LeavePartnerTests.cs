using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>Leaving, taking another, and undoing both within the cooling-off.</summary>
public sealed class LeavePartnerTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory, OnSqlite, OnPostgres]
    public async Task Leave_Undone_GivesBackPartnerWithTheSameConsentsAndItsOwnReceipt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, client, first, _) = await StartAsync(portal);
        await portal.CallAsync<StopRequests, Result<Done>>(u => u.ExecuteAsync(client, default));
        portal.Clock.Advance(Day);

        Assert.Null((await LeaveAsync(portal, client)).Error);

        var offer = await OfferAsync(portal, client);
        Assert.Equal(("First Systems", null, portal.Clock.Now.AddDays(14)), (offer!.Former, offer.Present, offer.Until));
        Assert.Equal((1, 1), (await MailsAsync(portal, MailKinds.ClientLeft), await MailsAsync(portal, MailKinds.PartnerLeft)));
        portal.Clock.Advance(13 * Day);
        Assert.Null((await ReturnAsync(portal, client, offer.AttributionId)).Error);

        var open = await portal.ReadAsync(db => db.Attributions.SingleAsync(a => a.EndedAt == null));
        Assert.Equal((first.AccountId, CameBy.Returned, portal.Clock.Now), ((long?)open.PartnerId, open.CameBy, open.StartedAt));
        Assert.Equal([ConsentKind.Data], await portal.ReadAsync(db => db.Consents.Where(c => c.WithdrawnAt == null).Select(c => c.Kind).ToListAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync());
        Assert.Equal(("Nina Novak", true), (line.Name, line.IsShared));
        Assert.Equal([ClientEventKind.Joined, ClientEventKind.Left, ClientEventKind.Returned], await portal.ReadAsync(db => db.ClientEvents.OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync()));
        Assert.Equal((1, 2), (await MailsAsync(portal, MailKinds.ClientReturned), await MailsAsync(portal, MailKinds.PartnerConfirmed)));
        foreach (var (reader, audience) in new[] { (client, ReceiptAudience.Client), (first, ReceiptAudience.Partner), (await world.SupportAsync(), ReceiptAudience.Support) })
        {
            var receipts = await portal.CallAsync<ReceiptQueries, IReadOnlyList<ReceiptData>>(q => q.OfClientAsync(client.AccountId!.Value, audience, reader, default));
            Assert.Equal([ReceiptVerdict.Returned, ReceiptVerdict.Yes], receipts.Select(r => r.Verdict));
        }

        Assert.IsType<NothingToUndo>((await ReturnAsync(portal, client, offer.AttributionId)).Error);
        Assert.Equal(offer.Until, Assert.IsType<ChangedLately>((await LeaveAsync(portal, client)).Error).Until);
        portal.Clock.Advance(Day);
        Assert.Null((await LeaveAsync(portal, client)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Switch_Undone_GivesBackTheFormerPartnerAndTellsEachOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, client, first, second) = await StartAsync(portal);
        portal.Clock.Advance(Day);

        Assert.Null((await JoinAsync(portal, client, await world.CodeOfAsync(second))).Error);

        var offer = await OfferAsync(portal, client);
        Assert.Equal(("First Systems", "Second Systems"), (offer!.Former, offer.Present));
        Assert.IsType<ChangedLately>((await JoinAsync(portal, client, await world.CodeOfAsync(await world.IntegratorAsync("Third Systems")))).Error);
        Assert.IsType<ChangedLately>((await LeaveAsync(portal, client)).Error);
        var mails = await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => new { m.Kind, m.ToAddress, m.Text }).ToListAsync());
        Assert.Contains("First Systems is no longer your partner", mails.Last(m => m.Kind == MailKinds.PartnerConfirmed).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(mails, m => m.ToAddress == second.Email && m.Text.Contains("First Systems", StringComparison.Ordinal));
        Assert.DoesNotContain(mails, m => m.ToAddress == first.Email && m.Text.Contains("Second Systems", StringComparison.Ordinal));

        Assert.Null((await ReturnAsync(portal, client, offer.AttributionId)).Error);

        var spans = await portal.ReadAsync(db => db.Attributions.OrderBy(a => a.Id).Select(a => new { a.PartnerId, a.EndedBecause }).ToListAsync());
        Assert.Equal(
            [(first.AccountId, AttributionEnd.Switched), (second.AccountId, AttributionEnd.TakenBack), (first.AccountId, null)],
            spans.Select(s => ((long?)s.PartnerId, s.EndedBecause)));
        var gone = await portal.ReadAsync(db => db.ClientRecords.SingleAsync(r => r.PartnerId == second.AccountId));
        Assert.Equal(("N. N.", ClientStatus.Left), (gone.Name, gone.Status));
        var told = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == second.Email).OrderBy(m => m.Id).Select(m => new { m.Kind, m.Text }).ToListAsync());
        Assert.Equal([(MailKinds.ClientJoined, ""), (MailKinds.ClientLeft, told[1].Text)], told.Select(t => (t.Kind, t.Text)));
        Assert.Contains("taken back its Yes", told[1].Text, StringComparison.Ordinal);
        Assert.Equal([MailKinds.ClientJoined, MailKinds.ClientLeft, MailKinds.ClientReturned], await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == first.Email).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync()));
        Assert.Null(await OfferAsync(portal, client));
    }

    [Fact]
    public async Task Undo_TooLateOrOvertakenOrNotOnes_ChangesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, client, first, second) = await StartAsync(portal);
        var stranger = await world.PersonAsync("Otto Other");
        await LeaveAsync(portal, client);
        var offer = (await OfferAsync(portal, client))!;

        Assert.IsType<NotAllowed>((await ReturnAsync(portal, Actor.Visitor, offer.AttributionId)).Error);
        Assert.IsType<NotAdminOfAccount>((await ReturnAsync(portal, client with { Role = MemberRole.Seller }, offer.AttributionId)).Error);
        Assert.IsType<NothingToUndo>((await ReturnAsync(portal, stranger, offer.AttributionId)).Error);
        Assert.IsType<NothingToUndo>((await ReturnAsync(portal, first, offer.AttributionId)).Error);
        await world.SuspendAsync(first);
        Assert.IsType<PartnerTakesNoClients>((await ReturnAsync(portal, client, offer.AttributionId)).Error);
        Assert.Null(await OfferAsync(portal, client));
        await portal.CallAsync<ReassignClients, Result<int>>(async u => await u.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], second.AccountId!.Value, "asked"), await world.SupportAsync(), default));
        Assert.IsType<NothingToUndo>((await ReturnAsync(portal, client, offer.AttributionId)).Error);
        portal.Clock.Advance(14 * Day);
        await LeaveAsync(portal, client);
        var next = (await OfferAsync(portal, client))!;
        portal.Clock.Advance(14 * Day);
        Assert.IsType<NothingToUndo>((await ReturnAsync(portal, client, next.AttributionId)).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.EndedAt == null)));
    }

    [Fact]
    public async Task Rules_ForLeavingAndSwitching_HoldEachForItself()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, client, first, second) = await StartAsync(portal);
        await world.ProgramAsync(p => (p.Leaving, p.Switching) = (SwitchingRule.Allowed, SwitchingRule.BySupport));
        var (codeOfFirst, codeOfSecond) = (await world.CodeOfAsync(first), await world.CodeOfAsync(second));

        Assert.IsType<SwitchingBySupport>((await JoinAsync(portal, client, codeOfSecond)).Error);
        Assert.Null((await LeaveAsync(portal, client)).Error);
        var lately = Assert.IsType<LeftLately>((await JoinAsync(portal, client, codeOfSecond)).Error);
        Assert.Equal(("First Systems", portal.Clock.Now.AddDays(14)), (lately.FormerPartner, lately.Until));
        Assert.Null((await JoinAsync(portal, client, codeOfFirst)).Error);
        portal.Clock.Advance(14 * Day);
        await world.ProgramAsync(p => (p.Leaving, p.Switching, p.CoolingOffDays) = (SwitchingRule.BySupport, SwitchingRule.Allowed, 0));
        Assert.IsType<SwitchingBySupport>((await LeaveAsync(portal, client)).Error);
        Assert.Null((await JoinAsync(portal, client, codeOfSecond)).Error);
        Assert.Null(await OfferAsync(portal, client));
        Assert.Null((await JoinAsync(portal, client, codeOfFirst)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task LeaveSwitchUndoAndReassign_AtOnce_LeaveOneOpenAttributionAtMost(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, client, first, second) = await StartAsync(portal);
        var support = await world.SupportAsync();
        var codes = new[] { await world.CodeOfAsync(first), await world.CodeOfAsync(second) };
        for (var round = 0; round < 4; round++)
        {
            var offer = (await OfferAsync(portal, client))?.AttributionId ?? 0;

            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run<object>(async () => (i % 4) switch
            {
                0 => await LeaveAsync(portal, client),
                1 => await JoinAsync(portal, client, codes[i / 4 % 2]),
                2 => await ReturnAsync(portal, client, offer),
                _ => await portal.CallAsync<ReassignClients, Result<int>>(u => u.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], (i > 4 ? first : second).AccountId!.Value, "asked"), support, default)),
            })));

            var now = await portal.ReadAsync(db => AttributionInvariants.ReadAsync(db, [client.AccountId!.Value, first.AccountId!.Value, second.AccountId!.Value]));
            Assert.Empty(now.Broken());
            portal.Clock.Advance(round % 2 == 0 ? Day : 15 * Day);
        }
    }

    private static async Task<(World World, Actor Client, Actor First, Actor Second)> StartAsync(TestPortal portal)
    {
        var world = new World(portal);
        var (first, second) = (await world.IntegratorAsync("First Systems"), await world.IntegratorAsync("Second Systems"));
        var client = await world.PersonAsync("Nina Novak");
        await JoinAsync(portal, client, await world.CodeOfAsync(first));
        return (world, client, first, second);
    }

    private static Task<Result<JoinOffer>> JoinAsync(TestPortal portal, Actor client, string code) =>
        portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default));

    private static Task<Result<Done>> LeaveAsync(TestPortal portal, Actor client) => portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default));

    private static Task<Result<Done>> ReturnAsync(TestPortal portal, Actor client, long attributionId) =>
        portal.CallAsync<ReturnToPartner, Result<Done>>(r => r.ExecuteAsync(attributionId, client, default));

    private static Task<ChangeToUndo?> OfferAsync(TestPortal portal, Actor client) => portal.CallAsync<MyPartnerQueries, ChangeToUndo?>(q => q.ToUndoAsync(client, default));

    private static Task<int> MailsAsync(TestPortal portal, string kind) => portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == kind));
}
