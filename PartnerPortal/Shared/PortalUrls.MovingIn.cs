namespace PartnerPortal.Shared;

/// <summary>Those of moving in from another system.</summary>
public static partial class PortalUrls
{
    /// <summary>Partners, clients and balances of another system, from files.</summary>
    public const string AdminMovingIn = "/admin/moving-in";
}
