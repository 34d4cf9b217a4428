using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>
/// <c>/support</c> leads to the search. No page does that: one that navigates while it is drawn first, behind a sign-in that was looked up in the database, leaves the
/// framework's tree half made, and writing that out never ends.
/// </summary>
public static class SupportHomeEndpoint
{
    public static IResult Get() => Results.Redirect(PortalUrls.SupportClients);
}
