using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>The accounts at sign-in providers that let the person in: connect one, disconnect one, never the last way in.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class ExternalLoginsModel(
    ExternalSignIns external, ExternalLoginQueries logins, ConnectExternalLogin connect, DisconnectExternalLogin disconnect, SignInManager<PortalUser> signIn, ActorSource actors,
    IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public IReadOnlyList<(string Provider, string Key)> Connected { get; private set; } = [];

    public IReadOnlyList<string> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAsync(ct);
        return Connected.Count + Others.Count == 0 ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostConnectAsync(string? provider)
    {
        if (provider is null || !(await external.ProvidersAsync()).Contains(provider, StringComparer.Ordinal))
        {
            return NotFound();
        }

        return Challenge(external.Leave(provider, Url.Page("./ExternalLogins", "Connected")!, signIn.UserManager.GetUserId(User)), provider);
    }

    /// <summary>Back from the provider.</summary>
    public async Task<IActionResult> OnGetConnectedAsync(CancellationToken ct)
    {
        var actor = await ActorAsync(ct);
        if (await external.ReadAsync(signIn.UserManager.GetUserId(User)) is { } identity && actor.UserId is { } userId)
        {
            var result = await connect.ExecuteAsync(identity, userId, ct);
            await external.ForgetAsync(HttpContext);
            if (result.Ok)
            {
                Done(L["External.Connected", identity.Provider], L["External.ConnectedNext"]);
            }
            else
            {
                Wrong("", L["External.Taken", identity.Provider]);
                await ShowAsync(ct);
                return Page();
            }
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string? provider, string? key, CancellationToken ct)
    {
        var result = await disconnect.ExecuteAsync(provider ?? "", key ?? "", await ActorAsync(ct), ct);
        if (!result.Ok)
        {
            Wrong("", result.Error is LastWayIn ? L["External.LastWay"] : Sentence(result.Error!));
            await ShowAsync(ct);
            return Page();
        }

        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        Done(L["External.Disconnected", provider ?? ""], L["External.DisconnectedNext"]);
        return RedirectToPage();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Connected = await logins.OfAsync(await ActorAsync(ct), ct);
        Others = [.. (await external.ProvidersAsync()).Where(p => !Connected.Any(c => c.Provider == p))];
    }
}
