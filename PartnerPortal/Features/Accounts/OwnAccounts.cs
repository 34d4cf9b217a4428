using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>Staff decides about no account of its own, on neither side.</summary>
public sealed record OwnAccountInvolved : Error;

public static class OwnAccounts
{
    /// <summary>Whether the actor is a member of one of these accounts, whichever account it works in now.</summary>
    public static Task<bool> InvolveAsync(PortalDbContext db, Actor actor, IReadOnlyCollection<long> accountIds, CancellationToken ct) =>
        db.Members.AnyAsync(m => m.UserId == actor.UserId && accountIds.Contains(m.AccountId), ct);
}
