using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// A client undoes that it left or switched: the former partner is its partner again, by a new attribution, with what it had agreed to with that one. What was earned in between stays earned.
/// </summary>
public sealed class ReturnToPartner(PortalDb portal, ProgramSettingsSource settings, PartnerChange change, LeavingMails mails)
{
    /// <param name="attributionId">What the client ended and wants back, as its page showed it.</param>
    /// <param name="actor">An admin of the client.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long attributionId, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new NotAllowed();
        }

        if (!actor.MayAdminister)
        {
            return new NotAdminOfAccount();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (await ChangeRules.ToUndoAsync(work.Db, clientId, work.Now, ct) is not { } ended || ended.Id != attributionId)
        {
            return new NothingToUndo();
        }

        var partner = await ReferralQueries.Partners(work.Db, work.Db.Accounts.Where(a => a.Id == ended.PartnerId)).FirstAsync(ct);
        if (!partner.TakesClients)
        {
            return new PartnerTakesNoClients(partner.Name);
        }

        if (await work.Db.Members.AnyAsync(m => m.AccountId == partner.AccountId && m.UserId == actor.UserId, ct))
        {
            return new OwnFirm(partner.Name);
        }

        var client = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        await GoBackAsync(work, client, ended, partner, actor, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private async Task GoBackAsync(PortalTransaction work, Account client, Attribution ended, ReferralPartner partner, Actor actor, CancellationToken ct)
    {
        var open = await AttributionBook.OpenOfAsync(work.Db, client.Id, ct);
        var contenders = await InPlay.WithOthersAsync(
            work, client, actor.Email, open, [new(AttributionRule.Address, partner.AccountId, partner.Name, partner.Code, null, work.Now, ContenderOutcome.Won)], ct);
        if (open is not null)
        {
            await change.EndAsync(work, client, open, AttributionEnd.TakenBack, actor, ct);
        }

        var receipt = new Receipt(AttributionRule.Address, contenders, actor, null, null, work.Now) { Facts = new ReceiptFacts((await settings.GetAsync(ct)).TouchRule) };
        await change.OpenAsync(work, client, partner.AccountId, CameBy.Returned, receipt, null, ClientEventKind.Returned, actor, ct);
        var isShared = await OwnConsent.RestoreAsync(work, client, partner.AccountId, ended.EndedAt!.Value, ct);
        await mails.ClientReturnedAsync(work, client, partner.AccountId, isShared, ct);
    }
}
