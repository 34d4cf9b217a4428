using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Reassigning;

/// <summary>A partner is closed: its clients go to another or to nobody, it takes no more and is paid what it earned, and all of it can be undone.</summary>
public sealed class ClosePartnerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Close_WithHandOver_MovesClientsAndMoneyAndComesBackByUndo(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, payouts) = (new ReassignWorld(portal), new PayoutWorld(portal));
        var staff = await world.People.SupportAsync();
        var (old, target) = (await payouts.PartnerAsync("Delta Punkt"), await payouts.PartnerAsync("Brightwater Systems"));
        await payouts.EarnAsync(old, 5000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        var person = await world.People.PersonAsync("José Almeida");
        await world.Money.AttributeAsync(person.AccountId!.Value, old.AccountId!.Value);
        Assert.True((await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["nina@example.test"], "en"), old, default))).Ok);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        var (had, own) = (1 + await CountAsync(portal, old), await CountAsync(portal, target));

        var id = await DraftAsync(portal, staff, old, new ReassignChoice(target.AccountId, UnpaidLines.Stay, null, "It gives up"));
        // One comes after the preview and before the decision.
        await world.Money.AttributeAsync((await world.People.PersonAsync("Late Comer")).AccountId!.Value, old.AccountId.Value);
        Assert.Null((await world.ConfirmAsync(staff, id)).Error);
        await world.RunAsync();

        Assert.Equal(PartnerState.Closed, await StateAsync(portal, old));
        Assert.Equal((0, own + had), (await CountAsync(portal, old), await CountAsync(portal, target)));
        Assert.Equal([InvitationState.Withdrawn], await portal.ReadAsync(db => db.Invitations.Where(i => i.PartnerId == old.AccountId).Select(i => i.State).ToListAsync()));
        Assert.Equal((5000, 0, 0), await payouts.WalletAsync(old));
        var now = await world.People.AgainAsync(old);
        Assert.Equal((true, false), (now.IsPartner, now.IsActivePartner));
        Assert.IsType<PartnerIsSuspended>((await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["b@example.test"], "en"), now, default))).Error);
        var code = await world.People.CodeOfAsync(old);
        var newcomer = await world.People.PersonAsync("Some Body");
        Assert.IsType<PartnerTakesNoClients>((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), newcomer, default))).Error);
        Assert.Equal([MailKinds.PartnerDecision], await MailsAsync(portal, old));
        Assert.Equal([MailKinds.ClientReassigned], await MailsAsync(portal, target));
        Assert.Equal([MailKinds.ClientReassigned], await MailsAsync(portal, person));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.PartnerClosed && e.AccountId == old.AccountId)));
        Assert.IsType<NothingToClose>((await portal.CallAsync<DraftReassignment, Result<long>>(d => d.ExecuteAsync(ReassignSelection.Closing(old.AccountId.Value), staff, default))).Error);
        // It is paid what it earned.
        Assert.True((await payouts.RequestAsync(now)).Ok);

        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await world.Money.BuyAsync(world.Money.Purchase(client, "between", 3000))).Ok);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await world.UndoAsync(staff, id));

        Assert.Equal(PartnerState.Active, await StateAsync(portal, old));
        Assert.Equal((had, own), (await CountAsync(portal, old), await CountAsync(portal, target)));
        // What was bought while it was closed earns it nothing, nor anybody else.
        Assert.DoesNotContain(LedgerAccount.Pending, (await world.Money.BalancesAsync([old.AccountId.Value, target.AccountId!.Value])).Keys.Select(k => k.Account));
        Assert.Equal([MailKinds.PartnerDecision, MailKinds.PartnerDecision], await MailsAsync(portal, old));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Close_ToNobody_ReleasesAndGivesBackWhoIsStillFree(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var (staff, old, other) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        var (stays, switches) = (await world.People.PersonAsync("Nina Novak"), await world.People.PersonAsync("Omar Haddad"));
        await world.Money.AttributeAsync(stays.AccountId!.Value, old.AccountId!.Value);
        await world.Money.AttributeAsync(switches.AccountId!.Value, old.AccountId.Value);
        await world.People.SuspendAsync(old);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var id = await DraftAsync(portal, staff, old, new ReassignChoice(null, UnpaidLines.Move, null, "It gives up", ToNobody: true));
        Assert.Null((await world.ConfirmAsync(staff, id)).Error);
        await world.RunAsync();

        Assert.Equal((null, null), (await world.PartnerOfAsync(stays.AccountId.Value), await world.PartnerOfAsync(switches.AccountId.Value)));
        Assert.Equal([MailKinds.ClientReassigned], await MailsAsync(portal, stays));
        await world.Money.AttributeAsync(switches.AccountId.Value, other.AccountId!.Value);
        Assert.Null(await world.UndoAsync(staff, id));

        Assert.Equal((old.AccountId, other.AccountId), (await world.PartnerOfAsync(stays.AccountId.Value), await world.PartnerOfAsync(switches.AccountId.Value)));
        Assert.Equal(PartnerState.Suspended, await StateAsync(portal, old));
        Assert.Empty(await world.FindingsAsync());
    }

    [Fact]
    public async Task Close_OnesOwnOrByAStranger_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ReassignWorld(portal);
        var (staff, old, colleague) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.SupportAsync("Other Support"));
        await new PayoutWorld(portal).JoinAsync(staff, old);
        Assert.IsType<OwnAccountInvolved>((await DraftAsync(portal, staff, old)).Error);
        Assert.IsType<NotAllowed>((await DraftAsync(portal, old, old)).Error);

        // Nobody has a client to hand over: it is closed all the same, and cannot be handed to itself.
        var id = (await DraftAsync(portal, colleague, old)).Value;
        Assert.IsType<TargetIsNoPartner>((await world.ChooseAsync(colleague, id, new ReassignChoice(old.AccountId, UnpaidLines.Stay, null, "x"))).Error);
        Assert.IsType<TargetIsNoPartner>((await world.ConfirmAsync(colleague, id)).Error);
        Assert.Null((await world.ChooseAsync(colleague, id, new ReassignChoice(null, UnpaidLines.Stay, null, "It gives up", ToNobody: true))).Error);
        Assert.IsType<OwnAccountInvolved>((await world.ConfirmAsync(staff, id)).Error);
        Assert.Null((await world.ConfirmAsync(colleague, id)).Error);
        await world.RunAsync();
        Assert.Equal(PartnerState.Closed, await StateAsync(portal, old));
        Assert.IsType<OwnAccountInvolved>(await world.UndoAsync(staff, id));
        Assert.True((await portal.CallAsync<ReinstatePartner, Result<Done>>(r => r.ExecuteAsync(old.AccountId!.Value, colleague, default))).Ok);
        Assert.Equal(PartnerState.Active, await StateAsync(portal, old));
    }

    private static Task<Result<long>> DraftAsync(TestPortal portal, Actor staff, Actor partner) =>
        portal.CallAsync<DraftReassignment, Result<long>>(d => d.ExecuteAsync(ReassignSelection.Closing(partner.AccountId!.Value), staff, default));

    private static async Task<long> DraftAsync(TestPortal portal, Actor staff, Actor partner, ReassignChoice choice)
    {
        var id = (await DraftAsync(portal, staff, partner)).Value;
        Assert.Null((await new ReassignWorld(portal).ChooseAsync(staff, id, choice)).Error);
        return id;
    }

    private static Task<PartnerState> StateAsync(TestPortal portal, Actor partner) => portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == partner.AccountId).Select(p => p.State).SingleAsync());

    private static Task<int> CountAsync(TestPortal portal, Actor partner) => portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == partner.AccountId && a.EndedAt == null));

    /// <summary>Decisions and moves that an actor was told of.</summary>
    private static Task<List<string>> MailsAsync(TestPortal portal, Actor actor) => portal.ReadAsync(db => db.OutboxMessages
        .Where(m => m.ToAddress == actor.Email && (m.Kind == MailKinds.PartnerDecision || m.Kind == MailKinds.ClientReassigned)).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync());
}
