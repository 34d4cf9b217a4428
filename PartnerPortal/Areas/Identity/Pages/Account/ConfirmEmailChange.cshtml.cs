using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using UseCase = PartnerPortal.Features.Journeys.Security.ConfirmEmailChange;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The link in the mail to a new address. The session in which it is followed goes on; others end.</summary>
[AllowAnonymous]
public sealed class ConfirmEmailChangeModel(UseCase confirm, SignInManager<PortalUser> signIn, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Why it did not work; null when it did.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(long userId, string? email, string? code)
    {
        if (!HttpMethods.IsGet(Request.Method))
        {
            return;
        }

        var result = await confirm.ExecuteAsync(userId, email, code, CancellationToken.None);
        if (!result.Ok)
        {
            Problem = Sentence(result.Error!);
        }
        else if (await signIn.UserManager.GetUserAsync(User) is { } user && user.Id == userId)
        {
            await signIn.RefreshSignInAsync(user);
        }
    }
}
