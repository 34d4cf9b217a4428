using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Asks for another address; it changes when the mail to it is answered. The answer is the same for an address that has an account.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class EmailModel(
    RequestEmailChange request, UserManager<PortalUser> users, TimeProvider clock, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    [BindProperty]
    public string? NewEmail { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string Current { get; private set; } = "";

    public bool HasPassword { get; private set; }

    public Task OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => SameTime.AnswerAsync<IActionResult>(clock, async () =>
    {
        await ShowAsync();
        var isAddress = TryReadEmail(NewEmail, "NewEmail", out _);
        if ((HasPassword && !IsTyped(Password, "Password")) || !isAddress)
        {
            return Page();
        }

        var result = await request.ExecuteAsync(NewEmail, Password, await ActorAsync(ct), ct);
        if (!result.Ok)
        {
            Wrong(result.Error is WrongPassword ? "Password" : "NewEmail", Sentence(result.Error!));
            return Page();
        }

        Done(L["Email.Done", result.Value.Value], L["Email.DoneNext"]);
        return RedirectToPage();
    });

    private async Task ShowAsync()
    {
        var user = (await users.GetUserAsync(User))!;
        (Current, HasPassword) = (user.Email!, user.PasswordHash is not null);
    }
}
