using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerPortal.Components.Layout;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Signs in with e-mail and password, or with the one-time password of a created account.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class LoginModel(
    SignInTries tries, Arrival arrival, ExternalSignIns external, ActorSource actors, IOptions<PortalOptions> options, IHostEnvironment environment, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Whom the demo has, with the words of each button.</summary>
    internal (string Email, string Words)[] Demo =>
    [
        (DemoAccounts.Integrator, L["Demo.Integrator"]),
        (DemoAccounts.Client, L["Demo.Client"]),
        (DemoAccounts.Support, L["Demo.Support"]),
        (DemoAccounts.Admin, L["Demo.Admin"]),
    ];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>The provider that did not let the person in; null when none was asked.</summary>
    public string? FailedAt { get; private set; }

    /// <summary>The provider whose account waits to be connected to the one that signs in now; null when none does.</summary>
    public string? Connect { get; private set; }

    /// <summary>The password was right, but the address is not confirmed yet.</summary>
    public bool NotConfirmed { get; private set; }

    public bool ShowsDemo => environment.IsDevelopment() && options.Value.Demo;

    public async Task<IActionResult> OnGetAsync(string? email, string? failedAt, string? connect, CancellationToken ct)
    {
        Input.Email = email;
        var providers = await external.ProvidersAsync();
        FailedAt = providers.FirstOrDefault(p => p == failedAt);
        Connect = providers.FirstOrDefault(p => p == connect);
        var actor = await actors.GetAsync(User, ct);
        return actor.IsSignedIn ? LocalRedirect(Arrival.Safe(ReturnUrl) ?? PortalHome.Of(actor)) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var isAddress = TryReadEmail(Input.Email, "Input.Email", out var email);
        if (!IsTyped(Input.Password, "Input.Password") || !isAddress)
        {
            return Page();
        }

        switch (await tries.TryAsync(email!, Input.Password!, Input.Remember, ct))
        {
            case SignInTry.SignedIn(var user):
                return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl));
            case SignInTry.NeedsSecondStep:
                return RedirectToPage("./LoginWith2fa", new { returnUrl = Arrival.Safe(ReturnUrl), remember = Input.Remember });
            case SignInTry.ChoosesPassword(var ticket):
                return RedirectToPage("./Start", new { ticket });
            case SignInTry.Disabled:
                return RedirectToPage("./Disabled");
            case SignInTry.LockedOut:
                return RedirectToPage("./Lockout");
            case SignInTry.NotConfirmed:
                NotConfirmed = true;
                return Page();
            default:
                Wrong("Input.Password", L["Login.Wrong"]);
                return Page();
        }
    }

    /// <summary>The form.</summary>
    public sealed class InputModel
    {
        public string? Email { get; set; }

        public string? Password { get; set; }

        /// <summary>The browser stays signed in after it is closed.</summary>
        public bool Remember { get; set; }
    }
}
