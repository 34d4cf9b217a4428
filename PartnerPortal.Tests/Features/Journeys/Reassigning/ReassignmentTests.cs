using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Reassigning;

public sealed class ReassignmentTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task MoveThenUndo_LinesMoved_HeldForTheWindowAndBackAgain(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, payouts) = (new ReassignWorld(portal), new PayoutWorld(portal));
        var staff = await world.People.SupportAsync();
        var (old, target) = (await payouts.PartnerAsync("Delta Punkt"), await payouts.PartnerAsync("Brightwater Systems"));
        var purchase = await payouts.EarnAsync(old, 500);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var id = await world.DraftAsync(staff, [client], target.AccountId, UnpaidLines.Move);
        var preview = (await world.SumsAsync(staff, id))!;
        Assert.Equal((1, new FateSum("EUR", LineFate.Moves, 1, 500)), (preview.Waiting, Assert.Single(preview.Sums)));
        Assert.Equal((500, 0, 0), await payouts.WalletAsync(old));
        Assert.Equal(ReassignmentState.Running, (await world.ConfirmAsync(staff, id)).Value);
        await world.RunAsync();

        // Moved money lies where payouts do not reach.
        Assert.Equal(((0, 0, 0), (0, 0, 0)), (await payouts.WalletAsync(old), await payouts.WalletAsync(target)));
        Assert.Equal(500, (await world.Money.BalancesAsync([target.AccountId!.Value]))[(target.AccountId.Value, "EUR", LedgerAccount.Pending)]);
        portal.Clock.Advance(TimeSpan.FromDays(6));
        await world.Money.ReleaseAsync();
        Assert.False((await payouts.RequestAsync(target)).Ok);
        // A refund debits who holds the line; what is bought in between is the new partner's, and held as well.
        await payouts.RefundAsync(purchase, 100);
        Assert.True((await world.Money.BuyAsync(world.Money.Purchase(client, "between", 3000))).Ok);
        await world.Money.ReleaseAsync();
        Assert.Equal(700, (await world.Money.BalancesAsync([target.AccountId.Value]))[(target.AccountId.Value, "EUR", LedgerAccount.Pending)]);
        Assert.Empty(await world.FindingsAsync());

        Assert.Null(await world.UndoAsync(staff, id));
        await world.Money.ReleaseAsync();

        Assert.Equal(((700, 0, 0), (0, 0, 0)), (await payouts.WalletAsync(old), await payouts.WalletAsync(target)));
        Assert.Equal(old.AccountId, await world.PartnerOfAsync(client));
        Assert.Empty(await world.FindingsAsync());
        Assert.Equal(2, await portal.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == LedgerKind.Moved && t.PurchaseId == 1)));
        await AppendOnlyRows.AssertRefusedAsync(portal, "CommissionMoves", "\"ToPartnerId\" = \"ToPartnerId\"");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Move_WindowOver_IsPayableAndCannotBeUndone(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, payouts) = (new ReassignWorld(portal), new PayoutWorld(portal));
        var staff = await world.People.SupportAsync();
        var (old, target) = (await payouts.PartnerAsync("Delta Punkt"), await payouts.PartnerAsync("Brightwater Systems"));
        await payouts.EarnAsync(old, 500);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        var id = await world.ReassignAsync(staff, [client], target.AccountId!.Value, UnpaidLines.Move);

        portal.Clock.Advance(TimeSpan.FromDays(7) + Reassignment.Grace);
        await world.Money.ReleaseAsync();

        Assert.Equal(new ReassignmentMovedOn(ReassignmentState.Done), await world.UndoAsync(staff, id));
        var payout = (await payouts.RequestAsync(target)).Value;
        await payouts.ApproveAsync(payout, staff);
        await payouts.ExportAsync(staff);
        Assert.True((await payouts.PayAsync(payout, staff)).Ok);
        // What was paid never moves, and what comes back to where it was before is held anew.
        await world.ReassignAsync(staff, [client], old.AccountId!.Value, UnpaidLines.Move);
        Assert.Equal((0, 0, 500), await payouts.WalletAsync(target));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Move_InPayout_StaysUntilItComesBack(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, payouts) = (new ReassignWorld(portal), new PayoutWorld(portal));
        var staff = await world.People.SupportAsync();
        var (old, target) = (await payouts.PartnerAsync("Delta Punkt"), await payouts.PartnerAsync("Brightwater Systems"));
        await payouts.EarnAsync(old, 5000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        var first = (await payouts.RequestAsync(old)).Value;
        var id = await world.DraftAsync(staff, [client], target.AccountId, UnpaidLines.Move);
        Assert.Equal(LineFate.InPayout, Assert.Single((await world.SumsAsync(staff, id))!.Sums).Fate);

        Assert.True((await payouts.FailAsync(first, staff)).Ok);
        Assert.Equal(LineFate.Moves, Assert.Single((await world.SumsAsync(staff, id))!.Sums).Fate);
        // The next payout takes what came back of the one that failed, and so this line, too.
        Assert.True((await payouts.RequestAsync(old)).Ok);
        Assert.Null((await world.ConfirmAsync(staff, id)).Error);
        await world.RunAsync();

        Assert.Equal(target.AccountId, await world.PartnerOfAsync(client));
        Assert.Equal(((0, 5000, 0), (0, 0, 0)), (await payouts.WalletAsync(old), await payouts.WalletAsync(target)));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ManyClients_RunTwice_EachIsMovedOnceAndAllAreToldOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, old, target) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        var clients = await world.Money.PartnersAsync(90);
        foreach (var client in clients)
        {
            await world.Money.AttributeAsync(client, old.AccountId!.Value);
        }

        var told = (await world.People.PersonAsync("José Almeida")).AccountId!.Value;
        await world.Money.AttributeAsync(told, old.AccountId!.Value);
        var id = await world.DraftAsync(staff, [.. clients, told, target.AccountId!.Value], target.AccountId, UnpaidLines.Stay);
        Assert.Null((await world.ConfirmAsync(staff, id)).Error);
        await Task.WhenAll(world.RunAsync(), world.RunAsync());

        var sums = (await world.SumsAsync(staff, id))!;
        Assert.Equal((91, 1), (sums.Done[ReassignedState.Moved], sums.Refused[ReassignRefusal.TargetItself]));
        Assert.Equal(91, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == target.AccountId && a.EndedAt == null)));
        Assert.Equal(91, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AttributionReassigned)));
        Assert.Equal(3, await MailsAsync());

        Assert.Null(await world.UndoAsync(staff, id));
        Assert.Equal(91, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == old.AccountId && a.EndedAt == null)));
        Assert.Equal(6, await MailsAsync());

        Task<int> MailsAsync() => portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.ClientReassigned));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Preview_WhatIsRefused_SaysWhy(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, old, target) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        var (there, free) = ((await world.People.PersonAsync("Nina Novak")).AccountId!.Value, (await world.People.PersonAsync("Omar Haddad")).AccountId!.Value);
        await world.Money.AttributeAsync(there, target.AccountId!.Value);
        var id = await world.DraftAsync(staff, [there, free, staff.AccountId!.Value, target.AccountId.Value], target.AccountId, UnpaidLines.Move);

        var sums = (await world.SumsAsync(staff, id))!;
        Assert.Equal((1, 1), (sums.Waiting, sums.WithoutPartner));
        Assert.Equal([ReassignRefusal.TargetItself, ReassignRefusal.AlreadyThere, ReassignRefusal.OwnAccount], sums.Refused.Keys.Order());
        Assert.Equal(3, (await world.RowsAsync(staff, id, onlyRefused: true)).Items.Count);
        Assert.Null(Assert.Single((await world.RowsAsync(staff, id)).Items, r => r.ClientId == free).Refusal);
        Assert.IsType<NotAllowed>((await world.ConfirmAsync(old, id)).Error);
        var suspended = await world.People.IntegratorAsync("Asleep");
        await world.People.SuspendAsync(suspended);
        Assert.IsType<TargetTakesNoClients>((await world.ChooseAsync(staff, id, new ReassignChoice(suspended.AccountId, UnpaidLines.Stay, null, "x"))).Error);
        Assert.IsType<OwnAccountInvolved>((await world.ChooseAsync(staff, id, new ReassignChoice(staff.AccountId, UnpaidLines.Stay, null, "x"))).Error);
        Assert.Null((await world.ChooseAsync(staff, id, new ReassignChoice(target.AccountId, UnpaidLines.Stay, null, " "))).Error);
        Assert.IsType<ReasonMissing>((await world.ConfirmAsync(staff, id)).Error);
        Assert.Null(await world.PartnerOfAsync(free));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task LaterDate_BeginsThenAndNotBefore(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, target) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Brightwater Systems"));
        var (first, second) = ((await world.People.PersonAsync("Nina Novak")).AccountId!.Value, (await world.People.PersonAsync("Omar Haddad")).AccountId!.Value);
        var past = await world.DraftAsync(staff, [first], target.AccountId, UnpaidLines.Stay, portal.Clock.Now.AddMinutes(-1));
        Assert.IsType<StartIsPast>((await world.ConfirmAsync(staff, past)).Error);
        var later = await world.DraftAsync(staff, [first], target.AccountId, UnpaidLines.Stay, portal.Clock.Now.AddDays(2));
        var given = await world.DraftAsync(staff, [second], target.AccountId, UnpaidLines.Stay, portal.Clock.Now.AddDays(2));
        Assert.Equal(ReassignmentState.Scheduled, (await world.ConfirmAsync(staff, later)).Value);
        Assert.Null((await world.ConfirmAsync(staff, given)).Error);
        await world.RunAsync();
        Assert.Null(await world.PartnerOfAsync(first));

        Assert.True((await portal.CallAsync<CancelReassignment, Result<Done>>(c => c.ExecuteAsync(given, staff, default))).Ok);
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await world.RunAsync();

        Assert.Equal((target.AccountId, null), (await world.PartnerOfAsync(first), await world.PartnerOfAsync(second)));
        Assert.IsType<ReassignmentMovedOn>((await portal.CallAsync<CancelReassignment, Result<Done>>(c => c.ExecuteAsync(later, staff, default))).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_LeftOrMovedAgainMeanwhile_StaysAsItIs(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, old, target, third) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"), await world.People.IntegratorAsync("Cobalt"));
        await world.Money.AssignAsync(PlanScope.Program, 0, await world.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 0 }));
        var (left, again, first) = ((await world.People.PersonAsync("Nina Novak")).AccountId!.Value, (await world.People.PersonAsync("Omar Haddad")).AccountId!.Value, (await world.People.PersonAsync("Ida Berg")).AccountId!.Value);
        await world.Money.AttributeAsync(left, old.AccountId!.Value);
        await world.Money.AttributeAsync(again, old.AccountId.Value);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        var id = await world.ReassignAsync(staff, [left, again, first], target.AccountId!.Value, UnpaidLines.Move);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await world.Money.BuyAsync(world.Money.Purchase(left, "left", 1000))).Ok);
        // The new client's own client: its sponsor gets nothing here, but must be forgotten.
        Assert.Equal(target.AccountId, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == first).Select(a => a.SponsorId).SingleAsync()));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await world.Money.LeaveAsync(left);
        await world.ReassignAsync(staff, [again], third.AccountId!.Value, UnpaidLines.Stay);

        Assert.Null(await world.UndoAsync(staff, id));

        Assert.Equal((null, third.AccountId, null), (await world.PartnerOfAsync(left), await world.PartnerOfAsync(again), await world.PartnerOfAsync(first)));
        var done = (await world.SumsAsync(staff, id))!.Done;
        Assert.Equal((1, 1, 1), (done[ReassignedState.LeftMeanwhile], done[ReassignedState.MovedAgain], done[ReassignedState.Restored]));
        Assert.Equal(old.AccountId, await portal.ReadAsync(db => db.Purchases.Select(p => p.PartnerId).SingleAsync()));
        Assert.Null(await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == first).Select(a => a.SponsorId).SingleAsync()));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_LeftForAnotherMeanwhile_WhomItTookItselfIsItsSponsor(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, target, taken) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Brightwater Systems"), await world.People.IntegratorAsync("Cobalt"));
        var client = (await world.People.PersonAsync("Ida Berg")).AccountId!.Value;
        var id = await world.ReassignAsync(staff, [client], target.AccountId!.Value, UnpaidLines.Stay);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await world.Money.LeaveAsync(client);
        await world.Money.AttributeAsync(client, taken.AccountId!.Value);

        Assert.Null(await world.UndoAsync(staff, id));

        Assert.Equal(1, (await world.SumsAsync(staff, id))!.Done[ReassignedState.LeftMeanwhile]);
        Assert.Equal(taken.AccountId, await world.PartnerOfAsync(client));
        Assert.Equal(taken.AccountId, await portal.ReadAsync(db => db.Accounts.Where(x => x.Id == client).Select(x => x.SponsorId).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_ClientHadAgreed_ItsPartnerSeesItAgain(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, old, target) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        var client = await world.People.PersonAsync("José Almeida");
        var code = await world.People.CodeOfAsync(old);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
        var id = await world.ReassignAsync(staff, [client.AccountId!.Value], target.AccountId!.Value, UnpaidLines.Stay);
        portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await world.UndoAsync(staff, id));

        var lines = await portal.ReadAsync(db => db.ClientRecords.ToDictionaryAsync(r => r.PartnerId));
        Assert.Equal(("José Almeida", true), (lines[old.AccountId!.Value].Name, lines[old.AccountId.Value].IsShared));
        Assert.Equal(("J. A.", false), (lines[target.AccountId.Value].Name, lines[target.AccountId.Value].IsShared));
        var consents = await portal.ReadAsync(db => db.Consents.Where(c => c.WithdrawnAt == null).OrderBy(c => c.Kind).ToListAsync());
        Assert.All(consents, c => Assert.Equal((old.AccountId, client.UserId), ((long?)c.PartnerId, c.GivenByUserId)));
        Assert.Equal([ConsentKind.Access, ConsentKind.Data], consents.Select(c => c.Kind).OrderBy(k => k.ToString(), StringComparer.Ordinal));
    }
}
