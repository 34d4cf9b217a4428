using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>
/// The link of the confirmation mail. In the browser that registered it confirms at once; elsewhere (a phone, a mail scanner) opening it does nothing yet, and the page asks
/// for the password or a new one. Following it twice does no harm: the second time nothing is left to do.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ConfirmEmailModel(ConfirmRegistration confirm, SignInManager<PortalUser> signIn, Arrival arrival, ExternalSignIns external, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    private const string BrowserCookie = "portal.registration";

    [BindProperty(SupportsGet = true, Name = "userId")]
    public long UserId { get; set; }

    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>A new password is to be chosen, instead of typing the one from the registration.</summary>
    [BindProperty(SupportsGet = true, Name = "anew")]
    public bool Anew { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Null until the address is confirmed.</summary>
    public Confirmation? Outcome { get; private set; }

    /// <summary>Whose address it is, when the link is good and only the proof is missing.</summary>
    public string? Asked { get; private set; }

    /// <summary>The browser keeps which registration was its own, for as long as the mailed link works.</summary>
    public static void Remember(HttpContext context, Registered registered) => context.Response.Cookies.Append(
        BrowserCookie, registered.Proof, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = TimeSpan.FromDays(1) });

    public async Task<IActionResult> OnGetAsync()
    {
        ReturnUrl = Arrival.Safe(ReturnUrl);
        // Who only asks whether the page is there (HEAD) confirms nothing.
        var browser = HttpMethods.IsGet(Request.Method) ? Request.Cookies[BrowserCookie] : null;
        var proof = new RegistrationProof(browser, External: external.Kept(HttpContext, browser));
        var result = await confirm.ExecuteAsync(UserId, Code ?? "", proof, CancellationToken.None);
        Tell(result);
        return result.Error is SignInDisabled ? RedirectToPage("./Disabled") : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        ReturnUrl = Arrival.Safe(ReturnUrl);
        var isTyped = IsTyped(Password, nameof(Password), Anew);
        var proof = !isTyped ? new RegistrationProof() : Anew ? new RegistrationProof(NewPassword: Password) : new RegistrationProof(Password: Password);
        var result = await confirm.ExecuteAsync(UserId, Code ?? "", proof, CancellationToken.None);
        Tell(result);
        if (result.Error is SignInDisabled)
        {
            return RedirectToPage("./Disabled");
        }

        if (!result.Ok || !isTyped)
        {
            return Page();
        }

        var user = (await signIn.UserManager.FindByIdAsync(UserId.ToString(CultureInfo.InvariantCulture)))!;
        if (await signIn.PasswordSignInAsync(user, Password!, isPersistent: false, lockoutOnFailure: true) is not { Succeeded: true })
        {
            return RedirectToPage("./Login", new { returnUrl = ReturnUrl });
        }

        return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl));
    }

    private void Tell(Result<Confirmation> result)
    {
        switch (result.Error)
        {
            case null:
                Outcome = result.Value;
                break;
            case ProofMissing missing:
                Asked = missing.Email;
                break;
            case WrongPassword or PasswordRefused:
                Asked = "";
                Wrong(nameof(Password), Sentence(result.Error));
                break;
        }
    }
}
