using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>A person works in another of its accounts from now on. Who signs in again after it gets the account into the cookie.</summary>
public sealed class SwitchAccount(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long accountId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (actor.UserId is not { } userId || !await work.Db.Members.AnyAsync(m => m.AccountId == accountId && m.UserId == userId, ct))
        {
            return new NotAllowed();
        }

        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        user.LastAccountId = accountId;
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
