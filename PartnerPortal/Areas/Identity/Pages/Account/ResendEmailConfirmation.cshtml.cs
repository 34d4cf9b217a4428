using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Mails the confirmation once more. The page says and takes the same for every address.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ResendEmailConfirmationModel(SendAccessMail send, TimeProvider clock, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    [BindProperty]
    public string? Email { get; set; }

    public Task<IActionResult> OnPostAsync() => SameTime.AnswerAsync<IActionResult>(clock, async () =>
    {
        if (!TryReadEmail(Email, "Email", out var email))
        {
            return Page();
        }

        await send.ExecuteAsync(email, AccessMail.Confirmation, CancellationToken.None);
        TempData["Registered"] = email.Value;
        return RedirectToPage("./RegisterConfirmation", new { again = true });
    });
}
