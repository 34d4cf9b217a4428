using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The second step without the app: one of the recovery codes, which is used up.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class LoginWithRecoveryCodeModel(SignInManager<PortalUser> signIn, Arrival arrival, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    [BindProperty]
    public string? Typed { get; set; }

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() switch
    {
        null => RedirectToPage("./Login", new { returnUrl = Arrival.Safe(ReturnUrl) }),
        { DisabledAt: not null } => RedirectToPage("./Disabled"),
        _ => Page(),
    };

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return RedirectToPage("./Login", new { returnUrl = Arrival.Safe(ReturnUrl) });
        }

        if (user.DisabledAt is not null)
        {
            // Between the two steps; the password was right, so it may be said.
            return RedirectToPage("./Disabled");
        }

        if (await signIn.UserManager.IsLockedOutAsync(user))
        {
            return RedirectToPage("./Lockout");
        }

        if (RecoveryCode.Hash(Typed) is { Length: > 0 } hash && (await signIn.TwoFactorRecoveryCodeSignInAsync(hash)).Succeeded)
        {
            return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl));
        }

        // Identity does not count these tries; a code has 50 random bits, and still nobody should try for long.
        await signIn.UserManager.AccessFailedAsync(user);
        Wrong("Typed", L["Recovery.Wrong"]);
        return Page();
    }
}
