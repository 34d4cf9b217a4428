using Microsoft.AspNetCore.Mvc;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <content>Registering by a sign-in provider: no password, and no mail when the provider saw the address confirmed.</content>
public sealed partial class RegisterModel
{
    private static readonly TimeSpan ConfirmationLasts = TimeSpan.FromDays(1);

    /// <summary>The provider that sent the person here, as the address says it.</summary>
    [BindProperty(SupportsGet = true, Name = "provider")]
    public string? ProviderName { get; set; }

    /// <summary>Whom the provider sent; null when the person registers with a password.</summary>
    public ExternalIdentity? Provider { get; private set; }

    /// <summary>The provider's word on the address is enough, so it is not asked for.</summary>
    public bool IsAddressProven => Provider is { EmailVerified: true, Email.Length: > 0 };

    private async Task ReadProviderAsync()
    {
        var identity = string.IsNullOrEmpty(ProviderName) ? null : await external.ReadAsync();
        Provider = identity?.Provider == ProviderName ? identity : null;
        if (IsAddressProven)
        {
            Input.Email = Provider!.Email;
        }
    }

    private async Task<IActionResult> RegisterWithProviderAsync(RegisterRequest request, CancellationToken ct)
    {
        var result = await registerWithProvider.ExecuteAsync(request, Provider!, ct);
        if (!result.Ok)
        {
            if (result.Error is AddressHasAccount)
            {
                // Registered meanwhile, in another tab perhaps.
                return RedirectToPage("./Login", new { returnUrl = ReturnUrl, email = Input.Email });
            }

            if (result.Error is SignInDisabled)
            {
                await external.ForgetAsync(HttpContext);
                return RedirectToPage("./Disabled");
            }

            Tell(result.Error!);
            await ShowAsync(ct);
            return Page();
        }

        await external.ForgetAsync(HttpContext);
        if (result.Value.Confirmation is not { } confirmation)
        {
            external.Keep(HttpContext, Provider!, result.Value.Registered.Proof, ConfirmationLasts);
            ConfirmEmailModel.Remember(HttpContext, result.Value.Registered);
            TempData["Registered"] = Input.Email!.Trim();
            return RedirectToPage("./RegisterConfirmation");
        }

        var user = (await signIn.UserManager.FindByIdAsync(confirmation.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture)))!;
        await signIn.SignInAsync(user, isPersistent: false, Provider!.Provider);
        return LocalRedirect(await arrival.CompleteAsync(HttpContext, user, ReturnUrl));
    }
}
