using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Startup;
using UseCase = PartnerPortal.Features.Journeys.Security.ChangePassword;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Another password; this session goes on, others end.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ChangePasswordModel(UseCase change, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.UserManager.HasPasswordAsync((await signIn.UserManager.GetUserAsync(User))!) ? Page() : RedirectToPage("./SetPassword");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var typed = IsTyped(Current, "Current");
        if (!IsTyped(Password, "Password", isNew: true) || !typed)
        {
            return Page();
        }

        var result = await change.ExecuteAsync(Current, Password!, await ActorAsync(ct), ct);
        if (!result.Ok)
        {
            Wrong(result.Error is WrongPassword ? "Current" : "Password", Sentence(result.Error!));
            return Page();
        }

        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        Done(L["Change.Done"], L["Change.DoneNext"]);
        return RedirectToPage();
    }
}
