using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>The new recovery codes, shown this once.</summary>
[Authorize]
public sealed class ShowRecoveryCodesModel(ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet()
    {
        Codes = (TempData["Codes"] as string)?.Split(' ') ?? [];
        Response.Headers.CacheControl = "no-store";
        return Codes.Count == 0 ? RedirectToPage("./TwoFactorAuthentication") : Page();
    }
}
