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

    /// <summary>May see what its account, a partner, earns.</summary>
    public bool MaySeeMoney => IsPartner && (Role is MemberRole.Admin or MemberRole.Finance);

    /// <summary>
    /// For which client the user acts; null while it works in its own account. Whoever acts has no account, no role and no staff rights besides: every rule that asks for one
    /// refuses, and only what asks for <see cref="SeesProfileOf"/> and its like lets it through.
    /// </summary>
    public Acting? Acting { get; init; }

    /// <summary>The page was opened for a client whose access has ended since: it may do nothing at all, and not what its reader may do in its own account.</summary>
    public bool HasLostAccess { get; init; }

    /// <summary>Whose profile the actor may read: its account's, or the client's.</summary>
    public long? SeesProfileOf => AccountId ?? ActsFor(AccessScopes.ViewProfile);

    /// <summary>Whose profile the actor may change.</summary>
    public long? ChangesProfileOf => MayAdminister ? AccountId : ActsFor(AccessScopes.EditProfile);

    /// <summary>Whose orders, purchases and invoices the actor may read.</summary>
    public long? SeesPurchasesOf => AccountId ?? ActsFor(AccessScopes.ViewPurchases);

    /// <summary>For which account the actor may order.</summary>
    public long? OrdersFor => Role is MemberRole.Admin or MemberRole.Finance ? AccountId : ActsFor(AccessScopes.Order);

    /// <summary>What the owner leaves out of clients' accounts; nothing for integrators and staff.</summary>
    public Shared.ClientSection Hidden { get; init; }

    /// <summary>A machine of the program that signed in with a key: it may post purchases and refunds.</summary>
    public bool MayPostMoney { get; init; }

    /// <summary>The scope by which a machine of the program acts; null for everybody else, machines of partners included.</summary>
    public string? ProgramScope { get; init; }

    /// <summary>With which key a machine signed in; null for people.</summary>
    public long? KeyId { get; init; }

    /// <summary>Whether an address is among what the actor's account shows. Says nothing of what the actor may do there.</summary>
    /// <param name="pattern">A path, or a route's pattern.</param>
    public bool Opens(string pattern) => Hidden is Shared.ClientSection.None || (Hidden & Shared.ClientSections.Of(pattern)) is Shared.ClientSection.None;

    private long? ActsFor(AccessScopes scope) => Acting is { } acting && acting.Allows(scope) ? acting.ClientId : null;
}

/// <summary>The actor lacks the right. Pages answer it with the "no access" page, the API with 403.</summary>
public sealed record NotAllowed : Shared.Error;
