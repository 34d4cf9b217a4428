using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The link of the confirmation mail. Following it twice does no harm: the second time nothing is left to do.</summary>
[AllowAnonymous]
public sealed class ConfirmEmailModel(ConfirmRegistration confirm, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Null when the link does not work.</summary>
    public Confirmation? Outcome { get; private set; }

    public string? ReturnUrl { get; private set; }

    public async Task OnGetAsync(long userId, string? code, string? returnUrl)
    {
        ReturnUrl = Arrival.Safe(returnUrl);
        // Who only asks whether the page is there (HEAD) confirms nothing.
        if (HttpMethods.IsGet(Request.Method) && await confirm.ExecuteAsync(userId, code ?? "", CancellationToken.None) is { Ok: true } confirmed)
        {
            Outcome = confirmed.Value;
        }
    }
}
