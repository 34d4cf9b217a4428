using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An admin of an account changes what a member may do in it.</summary>
public sealed class ChangeMemberRole(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long memberId, MemberRole role, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MayAdminister: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await work.Db.Members.FirstOrDefaultAsync(m => m.Id == memberId && m.AccountId == accountId, ct) is not { } member)
        {
            return new NoSuchMember();
        }

        if (member.Role == role)
        {
            return Done.Value;
        }

        if (member.Role is MemberRole.Admin && !await TeamRules.OtherAdmins(work.Db, member).AnyAsync(ct))
        {
            return new LastAdminOfAccount();
        }

        work.Audit(actor, AuditActions.MemberRoleChanged, ("user", member.UserId), accountId, new { from = member.Role, to = role });
        member.ChangeRole(role);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
