using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Signing in asks for the password alone again.</summary>
[Authorize]
public sealed class Disable2faModel(DisableTwoFactor disable, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public async Task<IActionResult> OnGetAsync() =>
        (await signIn.UserManager.GetUserAsync(User))!.TwoFactorEnabled ? Page() : RedirectToPage("./TwoFactorAuthentication");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await disable.ExecuteAsync(forgetAuthenticator: false, await ActorAsync(ct), ct);
        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        Done(L["Disable.Done"], L["Disable.DoneNext"]);
        return RedirectToPage("./TwoFactorAuthentication");
    }
}
