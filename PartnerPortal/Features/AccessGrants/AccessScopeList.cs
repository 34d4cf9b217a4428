using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Scopes one by one, in the order in which forms show them.</summary>
public static class AccessScopeList
{
    public static readonly IReadOnlyList<AccessScopes> All = [AccessScopes.ViewProfile, AccessScopes.ViewPurchases, AccessScopes.EditProfile, AccessScopes.Order, AccessScopes.Support];

    public static IEnumerable<AccessScopes> Of(AccessScopes scopes) => All.Where(s => scopes.HasFlag(s));

    /// <summary>Changing needs reading, and so does ordering, which ends with an invoice.</summary>
    public static AccessScopes Complete(AccessScopes scopes) => scopes
        | (scopes.HasFlag(AccessScopes.EditProfile) ? AccessScopes.ViewProfile : AccessScopes.None)
        | (scopes.HasFlag(AccessScopes.Order) ? AccessScopes.ViewPurchases : AccessScopes.None);
}
