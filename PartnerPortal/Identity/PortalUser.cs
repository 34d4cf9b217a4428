using Microsoft.AspNetCore.Identity;

namespace PartnerPortal.Identity;

/// <summary>A person who signs in. What the person may do follows from the accounts it is a member of and from its staff roles.</summary>
public sealed class PortalUser : IdentityUser<long>
{
    /// <summary>The whole name as the person writes it; never split.</summary>
    public string FullName { get; set; } = "";

    /// <summary>IETF tag of the language of pages and mail.</summary>
    public string Language { get; set; } = Shared.Languages.Default;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; null until the first sign-in.</summary>
    public DateTime? FirstSignedInAt { get; set; }

    /// <summary>UTC, to the quarter of an hour.</summary>
    public DateTime? LastSeenAt { get; set; }

    /// <summary>The account that was last worked in; the one a sign-in starts with.</summary>
    public long? LastAccountId { get; set; }
}

/// <summary>A staff role.</summary>
public sealed class PortalRole : IdentityRole<long>;

/// <summary>The names of the staff roles. Integrator and client are what an account is, not roles of a person.</summary>
public static class StaffRoles
{
    public const string Support = "Support";
    public const string Owner = "Owner";

    public static readonly IReadOnlyList<string> All = [Support, Owner];
}
