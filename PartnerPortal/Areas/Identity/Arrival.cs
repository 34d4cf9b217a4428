using Microsoft.AspNetCore.Identity;
using PartnerPortal.Components.Layout;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity;

/// <summary>What follows every sign-in, whichever way it went: the person was seen, its language is the page's, and where to go.</summary>
public sealed class Arrival(
    SignInManager<PortalUser> signIn, ActorSource actors, RecordSeen seen, WaitingPartnersQueries waiting, ExternalSignIns external, ConnectExternalLogin connect)
{
    /// <summary>Local paths only; anything else counts as none.</summary>
    public static string? Safe(string? returnUrl) => LocalPath.IsSafe(returnUrl) && returnUrl != "/" ? returnUrl : null;

    /// <summary>To be called after the cookie was written.</summary>
    /// <returns>Where the person wanted to go; else the page where a partner waits for its answer; else its home.</returns>
    public async Task<string> CompleteAsync(HttpContext context, PortalUser user, string? returnUrl)
    {
        // The sign-in is done: a browser that goes away now does not undo what is noted of it.
        await seen.ExecuteAsync(user.Id, CancellationToken.None);
        if (external.Kept(context, user.NormalizedEmail) is { } identity)
        {
            // A provider named this address; its owner has shown now, by the password, that the account is its own.
            await connect.ExecuteAsync(identity, user.Id, CancellationToken.None);
            ExternalSignIns.Drop(context);
        }

        CultureEndpoint.Remember(context, Languages.Nearest(user.Language));
        if (Safe(returnUrl) is { } target)
        {
            return target;
        }

        var actor = await actors.GetAsync(await signIn.CreateUserPrincipalAsync(user), CancellationToken.None);
        return actor.Opens(PortalUrls.MyPartner) && await waiting.AnyAsync(actor, CancellationToken.None) ? PortalUrls.MyPartner : PortalHome.Of(actor);
    }
}
