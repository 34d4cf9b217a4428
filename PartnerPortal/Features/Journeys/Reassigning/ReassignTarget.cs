using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Whether clients can be given to an account.</summary>
internal static class ReassignTarget
{
    /// <returns>The account; what is wrong with it, or with who decides, when they cannot.</returns>
    public static async Task<Result<Account>> FindAsync(PortalDbContext db, long accountId, Actor actor, CancellationToken ct)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == accountId, ct) is not { State: AccountState.Active } target)
        {
            return new TargetIsNoPartner();
        }

        if (await ReferralQueries.Partners(db, db.Accounts.Where(a => a.Id == accountId)).FirstAsync(ct) is { TakesClients: false })
        {
            return new TargetTakesNoClients(target.Name);
        }

        return await OwnAccounts.InvolveAsync(db, actor, [accountId], ct) ? new OwnAccountInvolved() : target;
    }
}
