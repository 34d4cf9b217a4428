namespace PartnerPortal.Identity;

/// <summary>What a member of an account may do in it.</summary>
public enum MemberRole
{
    /// <summary>Everything, the team included.</summary>
    Admin,

    /// <summary>Clients and invitations.</summary>
    Seller,

    /// <summary>Reads clients; wallet and payouts.</summary>
    Finance,
}

/// <summary>Who acts: a user in an account, the portal itself, or nobody in particular.</summary>
/// <param name="UserId">Null for the portal itself and for a visitor.</param>
/// <param name="Name">As audit entries and mails name the actor.</param>
/// <param name="AccountId">The account the user works in now; null for staff without one and for the system.</param>
/// <param name="AccountName">That account's name, or empty.</param>
/// <param name="Role">The user's part in that account.</param>
public sealed record Actor(long? UserId, string Name, long? AccountId, string AccountName, MemberRole? Role)
{
    public static readonly Actor System = new(null, "PartnerPortal", null, "", null);

    public static readonly Actor Visitor = new(null, "", null, "", null);

    public string Email { get; init; } = "";

    public string Language { get; init; } = Shared.Languages.Default;

    /// <summary>The account has a partner record that was approved once: it may be active or suspended.</summary>
    public bool IsPartner { get; init; }

    /// <summary>The partner is active: it may invite, create and earn.</summary>
    public bool IsActivePartner { get; init; }

    /// <summary>The account is an approved integrator, not a client who merely refers others.</summary>
    public bool IsIntegrator { get; init; }

    public bool IsSupport { get; init; }

    public bool IsOwner { get; init; }

    /// <summary>Support or Owner.</summary>
    public bool IsStaff => IsSupport || IsOwner;

    public bool IsSignedIn => UserId is not null;

    /// <summary>May invite, create and change clients of its account.</summary>
    public bool MaySell => Role is MemberRole.Admin or MemberRole.Seller;

    public bool MayAdminister => Role is MemberRole.Admin;
}

/// <summary>The actor lacks the right. Pages answer it with the "no access" page, the API with 403.</summary>
public sealed record NotAllowed : Shared.Error;
