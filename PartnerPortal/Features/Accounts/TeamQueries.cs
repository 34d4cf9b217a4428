using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>A member as its colleagues see it.</summary>
/// <param name="JoinedAt">UTC.</param>
public sealed record TeamMember(long MemberId, long UserId, string Name, string Email, MemberRole Role, DateTime JoinedAt);

/// <summary>An invitation that nobody answered. Also an expired one, until it is sent again or withdrawn.</summary>
public sealed record OpenInvitation(long Id, string Email, MemberRole Role, string InvitedBy, DateTime CreatedAt, DateTime ExpiresAt, bool IsExpired);

/// <summary>What the person with the link may know of the invitation.</summary>
/// <param name="Email">The invited address.</param>
public sealed record InvitationToTeam(string AccountName, string InvitedBy, string Email, MemberRole Role, DateTime ExpiresAt);

public sealed class TeamQueries(PortalDb portal, TimeProvider clock)
{
    public async Task<IReadOnlyList<TeamMember>> MembersAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await (
            from m in db.Members
            join u in db.Users on m.UserId equals u.Id
            where m.AccountId == actor.AccountId
            orderby m.JoinedAt, m.Id
            select new TeamMember(m.Id, u.Id, u.FullName, u.Email!, m.Role, m.JoinedAt)).ToListAsync(ct);
    }

    /// <summary>Only admins see who is invited.</summary>
    public async Task<IReadOnlyList<OpenInvitation>> InvitationsAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.MayAdminister)
        {
            return [];
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await portal.ReadAsync(ct);
        return await (
            from i in db.MemberInvitations
            join u in db.Users on i.InvitedByUserId equals u.Id into inviters
            from u in inviters.DefaultIfEmpty()
            where i.AccountId == actor.AccountId && i.AcceptedAt == null && i.WithdrawnAt == null
            orderby i.Id descending
            select new OpenInvitation(i.Id, i.Email, i.Role, u == null ? "" : u.FullName, i.CreatedAt, i.ExpiresAt, i.ExpiresAt <= now)).ToListAsync(ct);
    }

    /// <returns>Null when the link is wrong, answered, withdrawn or too old.</returns>
    public async Task<InvitationToTeam?> ByTokenAsync(string? token, CancellationToken ct)
    {
        if (!LinkToken.IsWellFormed(token))
        {
            return null;
        }

        var hash = LinkToken.Hash(token!);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await portal.ReadAsync(ct);
        return await (
            from i in db.MemberInvitations
            join a in db.Accounts on i.AccountId equals a.Id
            join u in db.Users on i.InvitedByUserId equals u.Id into inviters
            from u in inviters.DefaultIfEmpty()
            where i.TokenHash == hash && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now
            select new InvitationToTeam(a.Name, u == null ? "" : u.FullName, i.Email, i.Role, i.ExpiresAt)).FirstOrDefaultAsync(ct);
    }
}
