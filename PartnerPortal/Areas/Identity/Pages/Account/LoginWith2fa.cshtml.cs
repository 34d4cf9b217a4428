using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The second step: six digits of the authenticator app.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class LoginWith2faModel(SignInManager<PortalUser> signIn, Arrival arrival, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    [BindProperty]
    public string? Digits { get; set; }

    [BindProperty]
    public bool RememberMachine { get; set; }

    [BindProperty(SupportsGet = true, Name = "remember")]
    public bool Remember { get; set; }

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

        var typed = new string([.. (Digits ?? "").Where(char.IsAsciiDigit)]);
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(typed, Remember, RememberMachine);
        if (result.Succeeded)
        {
            return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl));
        }

        if (result.IsLockedOut)
        {
            return RedirectToPage("./Lockout");
        }

        Wrong("Digits", L["Error.Digits"]);
        return Page();
    }
}
