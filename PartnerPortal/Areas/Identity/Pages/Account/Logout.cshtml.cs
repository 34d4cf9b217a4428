using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Signs out; only a form does it, so that a link on a stranger's page cannot.</summary>
[AllowAnonymous]
[OpenWhileActing]
public sealed class LogoutModel(SignInManager<PortalUser> signIn, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    public async Task<IActionResult> OnPostAsync(string? returnUrl)
    {
        await signIn.SignOutAsync();
        ActingCookie.Delete(HttpContext);
        return Arrival.Safe(returnUrl) is { } target ? LocalRedirect(target) : RedirectToPage();
    }
}
