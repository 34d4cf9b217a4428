using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>An admin takes a member out of the account, or a member leaves it. What the person did there stays.</summary>
public sealed class RemoveMember(PortalDb portal)
{
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> ExecuteAsync(long memberId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, UserId: { } actorId })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await work.Db.Members.Include(m => m.User).FirstOrDefaultAsync(m => m.Id == memberId && m.AccountId == accountId, ct) is not { } member)
        {
            return new NoSuchMember();
        }

        if (!actor.MayAdminister && member.UserId != actorId)
        {
            return new NotAllowed();
        }

        if (member.Role is MemberRole.Admin && !await TeamRules.OtherAdmins(work.Db, member).AnyAsync(ct))
        {
            return new LastAdminOfAccount();
        }

        var user = member.User!;
        work.Db.Members.Remove(member);
        work.Audit(actor, AuditActions.MemberRemoved, ("user", user.Id), accountId);
        var other = await work.Db.Members.Where(m => m.UserId == user.Id && m.Id != memberId).OrderBy(m => m.AccountId).Select(m => (long?)m.AccountId).FirstOrDefaultAsync(ct);
        if (other is null)
        {
            // Nobody signs in to nothing: a person whose only account was the firm's gets one of its own.
            await NewAccounts.PersonalAsync(work, user, null, AccountState.Active, ct);
        }
        else
        {
            user.LastAccountId = other;
        }

        if (user.Id != actorId)
        {
            user.SecurityStamp = Guid.NewGuid().ToString("N");
        }

        await work.CommitAsync(ct);
        return user.FullName;
    }
}
