using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Deletes the person's data; says the consequence and asks for the password.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class DeletePersonalDataModel(CloseAccount close, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    [BindProperty]
    public string? Password { get; set; }

    public bool HasPassword { get; private set; }

    public async Task OnGetAsync() => HasPassword = await signIn.UserManager.HasPasswordAsync((await signIn.UserManager.GetUserAsync(User))!);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var user = (await signIn.UserManager.GetUserAsync(User))!;
        HasPassword = await signIn.UserManager.HasPasswordAsync(user);
        if (HasPassword && !IsTyped(Password, "Password"))
        {
            return Page();
        }

        if (HasPassword && !await signIn.UserManager.CheckPasswordAsync(user, Password!))
        {
            Wrong("Password", L["Error.WrongPassword"]);
            return Page();
        }

        var result = await close.ExecuteAsync(await ActorAsync(ct), ct);
        if (!result.Ok)
        {
            Wrong("", result.Error is LastAdmin firm ? L["Delete.LastAdmin", firm.AccountName] : Sentence(result.Error!));
            return Page();
        }

        await signIn.SignOutAsync();
        return RedirectToPage("/Account/Closed");
    }
}
