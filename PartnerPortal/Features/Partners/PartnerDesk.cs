using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>What all decisions of staff about a partner begin with.</summary>
public static class PartnerDesk
{
    public const int ReasonLength = 1000;

    /// <summary>Published when a partner's standing or terms changed, or one applied; the payload is the account's id.</summary>
    public const string Signal = "partners";

    /// <summary>Takes the partner's lock, so that of two decisions the second meets what the first made, and refuses who may not decide.</summary>
    internal static async Task<Result<(Partner Partner, Account Account)>> TakeAsync(PortalTransaction work, long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await work.LockAsync(PortalLock.Partner, accountId, ct);
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.AccountId == accountId, ct) is not { } partner)
        {
            return new NoSuchPartner();
        }

        if (await OwnAccounts.InvolveAsync(work.Db, actor, [accountId], ct))
        {
            return new OwnAccountInvolved();
        }

        return (partner, await work.Db.Accounts.FirstAsync(a => a.Id == accountId, ct));
    }

    internal static Result<string> Reason(string? typed) => typed?.Trim() switch
    {
        null or "" => new DecisionReasonMissing(),
        { Length: > ReasonLength } => new DecisionReasonTooLong(ReasonLength),
        var reason => reason,
    };

    /// <summary>Tells open pages of staff, and those of the partner.</summary>
    internal static void Tell(PortalTransaction work, long accountId) =>
        work.Signal(Signal, accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
