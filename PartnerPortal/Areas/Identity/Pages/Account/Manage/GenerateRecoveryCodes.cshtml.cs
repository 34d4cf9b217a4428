using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>New recovery codes in place of the old ones.</summary>
[Authorize]
public sealed class GenerateRecoveryCodesModel(MakeRecoveryCodes make, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public async Task<IActionResult> OnGetAsync() =>
        (await signIn.UserManager.GetUserAsync(User))!.TwoFactorEnabled ? Page() : RedirectToPage("./TwoFactorAuthentication");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var result = await make.ExecuteAsync(await ActorAsync(ct), ct);
        if (!result.Ok)
        {
            return RedirectToPage("./TwoFactorAuthentication");
        }

        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        TempData["Codes"] = string.Join(' ', result.Value);
        Done(L["NewCodes.Done"]);
        return RedirectToPage("./ShowRecoveryCodes");
    }
}
