using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>Says whether staff may give an account a sponsor. The preview and what is done both ask here.</summary>
internal static class SponsorJudgement
{
    /// <param name="db">The change asks once it holds the locks.</param>
    /// <param name="account">Whose sponsor.</param>
    /// <param name="toId">Who becomes it; null for nobody.</param>
    /// <param name="isUndo">It was the sponsor before: then it need not take clients now.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is wrong; null when it may be.</returns>
    public static async Task<Error?> RefusalAsync(PortalDbContext db, Account account, long? toId, bool isUndo, Actor actor, CancellationToken ct)
    {
        if (account.State is AccountState.Closed)
        {
            return new NoSuchAccount();
        }

        if (await OwnAccounts.InvolveAsync(db, actor, [.. new[] { account.Id, account.SponsorId, toId }.OfType<long>()], ct))
        {
            return new OwnAccountInvolved();
        }

        if (toId is { } to && await TargetProblemAsync(db, to, isUndo, actor, ct) is { } problem)
        {
            return problem;
        }

        return await SponsorTree.RefusalAsync(db, account.Id, account.SponsorId, toId, ct);
    }

    private static async Task<Error?> TargetProblemAsync(PortalDbContext db, long toId, bool isUndo, Actor actor, CancellationToken ct)
    {
        if (isUndo)
        {
            return await db.Accounts.AnyAsync(a => a.Id == toId && a.State != AccountState.Closed, ct) ? null : new FormerSponsorClosed();
        }

        return await db.Partners.AnyAsync(p => p.AccountId == toId, ct) ? (await ReassignTarget.FindAsync(db, toId, actor, ct)).Error : new TargetIsNoPartner();
    }
}
