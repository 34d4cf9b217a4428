using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

public sealed record ColleagueEmailWrong(EmailProblem Problem) : Error
{
    public override string Field => "Email";
}

/// <summary>The address is that of a member; an admin sees members anyway.</summary>
public sealed record ColleagueIsMember(string Name) : Error
{
    public override string Field => "Email";
}

/// <summary>An invitation to this address waits already; it can be sent again.</summary>
public sealed record ColleagueInvitedAlready : Error
{
    public override string Field => "Email";
}

/// <summary>So many invitations wait that no more are sent: the portal is no way to write to strangers.</summary>
public sealed record TooManyColleagueInvitations(int Limit) : Error
{
    public override string Field => "Email";
}

/// <summary>An admin invites a colleague into its account. Whether the address has a user is not looked at: the link leads either to sign in or to register.</summary>
public sealed class InviteColleague(PortalDb portal, TeamMails mails)
{
    public const int Days = 7;
    public const int OpenAtOnce = 20;

    /// <returns>The address as it was read.</returns>
    public async Task<Result<string>> ExecuteAsync(string? email, MemberRole role, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, UserId: { } userId, MayAdminister: true })
        {
            return new NotAllowed();
        }

        if (!EmailAddress.TryParse(email, out var address, out var problem))
        {
            return new ColleagueEmailWrong(problem);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await ProblemAsync(work, accountId, address, ct) is { } wrong)
        {
            return wrong;
        }

        var token = LinkToken.New();
        var invitation = new MemberInvitation(accountId, address.Value, address.Normalized, role, LinkToken.Hash(token), userId, work.Now, work.Now.AddDays(Days));
        work.Db.MemberInvitations.Add(invitation);
        work.Audit(actor, AuditActions.MemberInvited, ("account", accountId), accountId, new { role });
        await mails.InviteAsync(work, invitation, token, actor, ct);
        await work.CommitAsync(ct);
        return address.Value;
    }

    private static async Task<Error?> ProblemAsync(PortalTransaction work, long accountId, EmailAddress address, CancellationToken ct)
    {
        var members = await (from m in work.Db.Members join u in work.Db.Users on m.UserId equals u.Id where m.AccountId == accountId select new { u.FullName, u.Email }).ToListAsync(ct);
        if (members.Find(m => EmailAddress.TryParse(m.Email, out var theirs, out _) && theirs.Normalized == address.Normalized) is { } member)
        {
            return new ColleagueIsMember(member.FullName);
        }

        var open = await work.Db.MemberInvitations.Where(i => i.AccountId == accountId && i.AcceptedAt == null && i.WithdrawnAt == null).Select(i => i.NormalizedEmail).ToListAsync(ct);
        return open.Contains(address.Normalized) ? new ColleagueInvitedAlready()
            : open.Count >= OpenAtOnce ? new TooManyColleagueInvitations(OpenAtOnce)
            : null;
    }
}
