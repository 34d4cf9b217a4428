using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>
/// Leads to a sign-in provider and, back from there, on: in, for whom the portal knows; to the registration form, with what it held kept, for whom it does not.
/// An address alone never opens an account that exists: its password does, once, and then the provider's account is connected.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ExternalLoginModel(ExternalSignIns external, SignInManager<PortalUser> signIn, Arrival arrival, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    private static readonly TimeSpan LinkLasts = TimeSpan.FromMinutes(15);

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>What the registration form knew of the partner; comes along and back.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "i")]
    public string? I { get; set; }

    [BindProperty(SupportsGet = true, Name = "removed")]
    public bool Removed { get; set; }

    public IActionResult OnGet() => NotFound();

    /// <param name="provider">Whose button was pressed.</param>
    /// <param name="code">A referral code typed into the registration form.</param>
    public async Task<IActionResult> OnPostAsync(string? provider, [FromForm(Name = "Input.Code")] string? code)
    {
        if (provider is null || !(await external.ProvidersAsync()).Contains(provider, StringComparer.Ordinal))
        {
            return NotFound();
        }

        var back = Url.Page("./ExternalLogin", "Callback", new { returnUrl = Arrival.Safe(ReturnUrl), from = From, i = I, removed = Removed ? "true" : null, code })!;
        return Challenge(external.Leave(provider, back), provider);
    }

    /// <param name="code">As above.</param>
    public async Task<IActionResult> OnGetCallbackAsync(string? code)
    {
        if (await external.ReadAsync() is not { } identity)
        {
            return RedirectToPage("./Login", new { returnUrl = Arrival.Safe(ReturnUrl) });
        }

        if (await signIn.UserManager.FindByLoginAsync(identity.Provider, identity.Key) is { } user)
        {
            return await EnterAsync(identity, user);
        }

        if (identity.EmailVerified && EmailAddress.TryParse(identity.Email, out var email, out _)
            && await signIn.UserManager.FindByEmailAsync(email.Normalized) is { EmailConfirmed: true } owner)
        {
            external.Keep(HttpContext, identity, owner.NormalizedEmail!, LinkLasts);
            await external.ForgetAsync(HttpContext);
            return RedirectToPage("./Login", new { returnUrl = Arrival.Safe(ReturnUrl), email = owner.Email, connect = identity.Provider });
        }

        return RedirectToPage("./Register", new { provider = identity.Provider, returnUrl = Arrival.Safe(ReturnUrl), from = From, i = I, removed = Removed ? "true" : null, code });
    }

    private async Task<IActionResult> EnterAsync(ExternalIdentity identity, PortalUser user)
    {
        if (user.DisabledAt is not null)
        {
            await external.ForgetAsync(HttpContext);
            return RedirectToPage("./Disabled");
        }

        var result = await signIn.ExternalLoginSignInAsync(identity.Provider, identity.Key, isPersistent: false, bypassTwoFactor: false);
        await external.ForgetAsync(HttpContext);
        return result switch
        {
            { Succeeded: true } => LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl)),
            { RequiresTwoFactor: true } => RedirectToPage("./LoginWith2fa", new { returnUrl = Arrival.Safe(ReturnUrl) }),
            { IsLockedOut: true } => RedirectToPage("./Lockout"),
            _ => RedirectToPage("./Login", new { failedAt = identity.Provider }),
        };
    }
}
