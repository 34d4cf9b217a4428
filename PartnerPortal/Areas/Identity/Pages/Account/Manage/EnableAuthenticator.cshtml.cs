using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Startup;
using QRCoder;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Connects an authenticator app: its key as QR code and in letters, then the first digits as proof.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class EnableAuthenticatorModel(
    PrepareAuthenticator prepare, EnableTwoFactor enable, ProgramSettingsSource settings, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text)
    : ManagePage(text, actors)
{
    [BindProperty]
    public string? Digits { get; set; }

    /// <summary>In groups of four, to be typed.</summary>
    public string ShownKey { get; private set; } = "";

    /// <summary>Our own drawing, without a script or outside reference.</summary>
    public string QrSvg { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct) => await ShowAsync(await ActorAsync(ct), ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var actor = await ActorAsync(ct);
        var result = await enable.ExecuteAsync(Digits, actor, ct);
        if (!result.Ok)
        {
            Wrong("Digits", Sentence(result.Error!));
            await ShowAsync(actor, ct);
            return Page();
        }

        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        TempData["Codes"] = string.Join(' ', result.Value);
        Done(L["Enable.Done"], L["Enable.DoneNext"]);
        return RedirectToPage("./ShowRecoveryCodes");
    }

    private async Task ShowAsync(Actor actor, CancellationToken ct)
    {
        var key = await prepare.ExecuteAsync(actor, ct);
        var program = (await settings.GetAsync(ct)).Name;
        ShownKey = string.Join(' ', key.ToLowerInvariant().Chunk(4).Select(c => new string(c)));
        // The key URI format of authenticator apps: otpauth://totp/Issuer:account?secret=…&issuer=…
        var uri = $"otpauth://totp/{Uri.EscapeDataString(program)}:{Uri.EscapeDataString(actor.Email)}?secret={key}&issuer={Uri.EscapeDataString(program)}&digits=6";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        QrSvg = svg.GetGraphic(4, "#12191c", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
