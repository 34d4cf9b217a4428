namespace PartnerPortal.Identity;

/// <summary>What a client lets another do in its account. Several at once.</summary>
[Flags]
public enum AccessScopes
{
    None = 0,

    /// <summary>Read what the account says about itself.</summary>
    ViewProfile = 1,

    /// <summary>Read what it ordered and bought, with the invoices.</summary>
    ViewPurchases = 2,

    /// <summary>Change what it says about itself.</summary>
    EditProfile = 4,

    /// <summary>Order plans for it. An order is shown with its invoice, so this needs <see cref="ViewPurchases"/>.</summary>
    Order = 8,

    /// <summary>Support's own: read both, change nothing.</summary>
    Support = 16,
}

/// <summary>
/// That a person acts in a client's account, by a grant of the client's and from a start that is recorded. It is read from the database at each request and each action.
/// </summary>
/// <param name="SessionId">Of the start.</param>
/// <param name="GrantId">Of the grant.</param>
/// <param name="ClientId">The account that is acted for.</param>
/// <param name="ClientName">Its name.</param>
/// <param name="PartnerId">The partner's account on whose part it is; null for support.</param>
/// <param name="PartnerName">Its name; empty for support.</param>
/// <param name="Scopes">What the client allowed.</param>
/// <param name="Until">UTC; when the grant ends by itself.</param>
public sealed record Acting(long SessionId, long GrantId, long ClientId, string ClientName, long? PartnerId, string PartnerName, AccessScopes Scopes, DateTime Until)
{
    public bool Allows(AccessScopes scope) => Scopes.HasFlag(scope) || (scope is AccessScopes.ViewProfile or AccessScopes.ViewPurchases && Scopes.HasFlag(AccessScopes.Support));
}

/// <summary>
/// The address opens also while its reader acts for a client. Without this mark it does not: what is new is closed until somebody decides. Pages need a policy that lets
/// such an actor in besides (see <see cref="Policies"/>), as a page in a circuit is opened without a request.
/// </summary>
/// <param name="scope">What the client must have allowed; none for what concerns no account.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenWhileActingAttribute(AccessScopes scope = AccessScopes.None) : Attribute
{
    public AccessScopes Scope => scope;
}
