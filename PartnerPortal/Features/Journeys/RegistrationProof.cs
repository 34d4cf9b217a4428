using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// What shows, beside the mailed link, that who follows it is who registered. Without it somebody could register with another person's address and a password of his own,
/// and the owner's click in the mail would let him in. One of three does.
/// </summary>
/// <param name="Browser">What <see cref="Registered.Proof"/> left in the browser that registered.</param>
/// <param name="Password">The password chosen while registering.</param>
/// <param name="NewPassword">Another password, chosen now: the mail reached its owner, and an earlier password is replaced.</param>
/// <param name="External">The provider's account that the browser registered with; connected when the browser shows that it did.</param>
public sealed record RegistrationProof(string? Browser = null, string? Password = null, string? NewPassword = null, ExternalIdentity? External = null)
{
    /// <summary>Names one registration: the hash's salt is random and never leaves the server.</summary>
    public static string Of(string passwordHash) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("registration:" + passwordHash)));

    /// <summary>The browser or the password shows it.</summary>
    internal bool Fits(UserManager<PortalUser> users, PortalUser user) => FitsBrowser(user) || PasswordRules.Fits(users, user, Password);

    internal bool FitsBrowser(PortalUser user) =>
        Browser is not null && user.PasswordHash is { } hash && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(hash)), Encoding.UTF8.GetBytes(Browser));
}
