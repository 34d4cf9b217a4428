using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace PartnerPortal.Identity;

/// <summary>Whom a sign-in provider says that it has before it.</summary>
/// <param name="Provider">The name of the scheme, which is shown too: "Google".</param>
/// <param name="Key">The provider's unchanging id of the person (OpenID Connect's "sub").</param>
/// <param name="Email">Null when the provider names none.</param>
/// <param name="EmailVerified">
/// The provider says that it saw the address confirmed ("email_verified"). Without it an address proves nothing: at some providers an administrator can write any into it.
/// </param>
/// <param name="Name">The whole name; null when unknown.</param>
public sealed record ExternalIdentity(string Provider, string Key, string? Email, bool EmailVerified, string? Name)
{
    public const string VerifiedClaim = "email_verified";

    public static ExternalIdentity Of(ExternalLoginInfo info) => new(
        info.LoginProvider,
        info.ProviderKey,
        info.Principal.FindFirstValue(ClaimTypes.Email),
        string.Equals(info.Principal.FindFirstValue(VerifiedClaim), "true", StringComparison.OrdinalIgnoreCase),
        info.Principal.FindFirstValue(ClaimTypes.Name));
}
