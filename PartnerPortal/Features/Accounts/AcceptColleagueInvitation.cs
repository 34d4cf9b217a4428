using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>The invited person answers. A Yes makes it a member; a No ends the invitation.</summary>
public sealed class AcceptColleagueInvitation(PortalDb portal)
{
    /// <param name="token">From the link.</param>
    /// <param name="accepts">Yes or No.</param>
    /// <param name="actor">Signed in with the invited address, which is confirmed.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The account's name.</returns>
    public async Task<Result<string>> ExecuteAsync(string? token, bool accepts, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        if (!LinkToken.IsWellFormed(token))
        {
            return new ColleagueInvitationGone();
        }

        var hash = LinkToken.Hash(token!);
        await using var work = await portal.BeginAsync(ct);
        var accountId = await work.Db.MemberInvitations.Where(i => i.TokenHash == hash).Select(i => i.AccountId).FirstOrDefaultAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await work.Db.MemberInvitations.FirstOrDefaultAsync(i => i.TokenHash == hash, ct) is not { } invitation || !invitation.IsOpen(work.Now))
        {
            return new ColleagueInvitationGone();
        }

        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        if (!user.EmailConfirmed || !EmailAddress.TryParse(user.Email, out var address, out _) || address.Normalized != invitation.NormalizedEmail)
        {
            return new InvitedAnother();
        }

        var account = await work.Db.Accounts.FirstAsync(a => a.Id == accountId, ct);
        if (!accepts)
        {
            invitation.Withdraw(work.Now);
            work.Audit(actor, AuditActions.MemberInvitationWithdrawn, ("member-invitation", invitation.Id), accountId, new { declined = true });
        }
        else if (await work.Db.Members.AnyAsync(m => m.AccountId == accountId && m.UserId == userId, ct))
        {
            return new AlreadyMember(account.Name);
        }
        else
        {
            invitation.Accept(work.Now);
            work.Db.Members.Add(new Member(accountId, userId, invitation.Role, work.Now));
            user.LastAccountId = accountId;
            work.Audit(actor, AuditActions.MemberJoined, ("user", userId), accountId, new { role = invitation.Role });
        }

        await work.CommitAsync(ct);
        return account.Name;
    }
}
