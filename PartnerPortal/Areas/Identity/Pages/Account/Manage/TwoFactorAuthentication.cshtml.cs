using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Whether signing in asks for a code of an app, and what can be done about it.</summary>
[Authorize]
public sealed class TwoFactorAuthenticationModel(SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public bool IsOn { get; private set; }

    /// <summary>Recovery codes that were not used yet.</summary>
    public int CodesLeft { get; private set; }

    public string CodesLine => CodesLeft == 0 ? L["TwoFactor.NoCodes"] : L.Counted("TwoFactor.Codes", CodesLeft);

    /// <summary>This browser is not asked for the code.</summary>
    public bool IsRemembered { get; private set; }

    public async Task OnGetAsync()
    {
        var user = (await signIn.UserManager.GetUserAsync(User))!;
        IsOn = user.TwoFactorEnabled;
        CodesLeft = await signIn.UserManager.CountRecoveryCodesAsync(user);
        IsRemembered = IsOn && await signIn.IsTwoFactorClientRememberedAsync(user);
    }

    public async Task<IActionResult> OnPostForgetAsync()
    {
        await signIn.ForgetTwoFactorClientAsync();
        Done(L["TwoFactor.Forgotten"]);
        return RedirectToPage();
    }
}
