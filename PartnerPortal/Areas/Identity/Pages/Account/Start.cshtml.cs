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
/// A created client chooses a password: by the link of its mail, or with the ticket after typing the one-time password. Opening the page uses nothing up; mail programs
/// open links too.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class StartModel(
    OneTimeSignInQueries credentials, StartTickets tickets, ChoosePassword choose, SignInManager<PortalUser> signIn, Arrival arrival, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty(SupportsGet = true, Name = "ticket")]
    public string? Ticket { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Null when the link or ticket is used, replaced or too old.</summary>
    public UsableCredential? Credential { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Credential = await FindAsync(ct);
        return Credential is { IsDisabled: true } ? RedirectToPage("./Disabled") : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Credential = await FindAsync(ct);
        if (Credential is null || !IsTyped(Password, "Password", isNew: true))
        {
            return Page();
        }

        var result = await choose.ExecuteAsync(Credential.CredentialId, Password!, ct);
        switch (result.Error)
        {
            case null:
                break;
            case SignInDisabled:
                return RedirectToPage("./Disabled");
            case CredentialSpent:
                Credential = null;
                return Page();
            default:
                Wrong("Password", Sentence(result.Error));
                return Page();
        }

        var user = (await signIn.UserManager.FindByIdAsync(result.Value.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture)))!;
        await signIn.SignInAsync(user, isPersistent: false);
        return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, result.Value.NextPath));
    }

    private async Task<UsableCredential?> FindAsync(CancellationToken ct)
    {
        if (tickets.Read(Ticket) is { } id)
        {
            return await credentials.ByIdAsync(id, ct);
        }

        return LinkToken.IsWellFormed(Token) ? await credentials.ByTokenAsync(Token!, ct) : null;
    }
}
