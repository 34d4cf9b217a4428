using Microsoft.AspNetCore.Identity;

namespace PartnerPortal.Identity;

/// <summary>A person who signs in. What the person may do follows from the accounts it is a member of and from its staff roles.</summary>
public sealed class PortalUser : IdentityUser<long>
{
    public const int DisabledReasonLength = 1000;

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

    /// <summary>UTC; since when staff lets the person in no more. Null while it may sign in.</summary>
    public DateTime? DisabledAt { get; private set; }

    /// <summary>Why, in staff's words; the person reads it in its mail. Null while it may sign in.</summary>
    public string? DisabledReason { get; private set; }

    /// <summary>The person is let in no more, whichever way it tries, and what it holds already stops working.</summary>
    /// <param name="reason">At most <see cref="DisabledReasonLength"/> characters.</param>
    /// <param name="now">UTC.</param>
    /// <returns>False when it was so already.</returns>
    public bool Disable(string reason, DateTime now)
    {
        if (DisabledAt is not null)
        {
            return false;
        }

        (DisabledAt, DisabledReason) = (now, reason);
        RenewStamps();
        return true;
    }

    /// <summary>The person may sign in again, as it did before. Links that were mailed before stay void.</summary>
    /// <returns>False when it may already.</returns>
    public bool Enable()
    {
        if (DisabledAt is null)
        {
            return false;
        }

        (DisabledAt, DisabledReason) = (null, null);
        RenewStamps();
        return true;
    }

    /// <summary>The first ends cookies and mailed links. The second keeps Identity, which writes whole rows, from writing one back that it read before.</summary>
    private void RenewStamps() => (SecurityStamp, ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
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
