using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Startup;
using UseCase = PartnerPortal.Features.Journeys.Security.ResetPassword;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>A new password by the link of a mail.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ResetPasswordModel(UseCase reset, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    [BindProperty(SupportsGet = true, Name = "userId")]
    public long UserId { get; set; }

    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The link is wrong, used or too old.</summary>
    public bool IsDead { get; private set; }

    public void OnGet() => IsDead = UserId == 0 || string.IsNullOrEmpty(Code);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!IsTyped(Password, "Password", isNew: true))
        {
            return Page();
        }

        var result = await reset.ExecuteAsync(UserId, Code, Password!, ct);
        switch (result.Error)
        {
            case null:
                return RedirectToPage("./ResetPasswordConfirmation");
            case SignInDisabled:
                return RedirectToPage("./Disabled");
            case ConfirmationInvalid:
                IsDead = true;
                return Page();
            default:
                Wrong("Password", Sentence(result.Error));
                return Page();
        }
    }
}
