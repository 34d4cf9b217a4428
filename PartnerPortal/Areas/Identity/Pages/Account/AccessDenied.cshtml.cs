using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Layout;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The page that was asked for is not this person's to see.</summary>
[AllowAnonymous]
public sealed class AccessDeniedModel(ActorSource actors, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>The address signed in with; empty when nobody is.</summary>
    public string Who { get; private set; } = "";

    public string Home { get; private set; } = PortalUrls.Landing;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var actor = await actors.GetAsync(User, ct);
        (Who, Home) = (actor.Email, PortalHome.Of(actor));
    }
}
