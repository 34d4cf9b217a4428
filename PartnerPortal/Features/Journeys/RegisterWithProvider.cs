using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What registering by a provider came to.</summary>
/// <param name="Registered">As after any registration.</param>
/// <param name="Confirmation">The account is ready; null when the address is still to be confirmed by mail.</param>
public sealed record ProviderRegistration(Registered Registered, Confirmation? Confirmation);

/// <summary>
/// A person registers whom a sign-in provider sent. An address that the provider saw confirmed needs no mail of ours. Any other is confirmed by mail as always, and the provider's
/// account lets in only once that is done in the browser that registered: see <see cref="RegistrationProof"/>.
/// </summary>
public sealed class RegisterWithProvider(RegisterAccount register, ConfirmRegistration confirm, UserManager<PortalUser> users)
{
    /// <param name="request">The form; its password is not looked at.</param>
    /// <param name="identity">Whom the provider sent.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<ProviderRegistration>> ExecuteAsync(RegisterRequest request, ExternalIdentity identity, CancellationToken ct)
    {
        // Nobody knows this password: until the provider's account is connected it only names the registration.
        var isProven = identity.EmailVerified && string.Equals(identity.Email, request.Email, StringComparison.OrdinalIgnoreCase);
        var registered = await register.ExecuteAsync(request with { Password = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), IsProven = isProven }, ct);
        if (!registered.Ok)
        {
            return registered.Error!;
        }

        if (!isProven)
        {
            return new ProviderRegistration(registered.Value, null);
        }

        var address = EmailAddress.TryParse(request.Email, out var email, out _) ? email.Normalized : "";
        var user = await users.FindByEmailAsync(address) ?? throw new InvalidOperationException("Whoever has just registered is not found.");
        var code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GenerateEmailConfirmationTokenAsync(user)));
        var confirmed = await confirm.ExecuteAsync(user.Id, code, new RegistrationProof(registered.Value.Proof, External: identity), ct);
        return confirmed.Ok ? new ProviderRegistration(registered.Value, confirmed.Value) : confirmed.Error!;
    }
}
