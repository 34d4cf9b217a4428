using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using UseCase = PartnerPortal.Features.Journeys.Security.ChangePassword;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>A first password, for who signed in without one.</summary>
[Authorize]
public sealed class SetPasswordModel(UseCase change, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.UserManager.HasPasswordAsync((await signIn.UserManager.GetUserAsync(User))!) ? RedirectToPage("./ChangePassword") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!IsTyped(Password, "Password", isNew: true))
        {
            return Page();
        }

        var result = await change.ExecuteAsync(null, Password!, await ActorAsync(ct), ct);
        if (result.Error is WrongPassword)
        {
            return RedirectToPage("./ChangePassword");
        }

        if (!result.Ok)
        {
            Wrong("Password", Sentence(result.Error!));
            return Page();
        }

        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        Done(L["Change.Done"], L["Change.DoneNext"]);
        return RedirectToPage("./ChangePassword");
    }
}
