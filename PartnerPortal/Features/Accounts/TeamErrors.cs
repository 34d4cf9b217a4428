using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An account needs an admin; another must be made one first.</summary>
public sealed record LastAdminOfAccount : Error;

/// <summary>The person is no member (any more).</summary>
public sealed record NoSuchMember : Error;

/// <summary>The invitation was answered, withdrawn, or is too old.</summary>
public sealed record ColleagueInvitationGone : Error;

/// <summary>The invitation is for another address than that of the person who is signed in.</summary>
public sealed record InvitedAnother : Error;

public sealed record AlreadyMember(string AccountName) : Error;

internal static class TeamRules
{
    /// <summary>The admins of the account besides one member; the caller holds the account's lock.</summary>
    public static IQueryable<Member> OtherAdmins(PortalDbContext db, Member member) =>
        db.Members.Where(m => m.AccountId == member.AccountId && m.Role == MemberRole.Admin && m.Id != member.Id);
}
