using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Identity;

/// <summary>
/// Lets nobody in who is disabled, whichever way it came. The pages ask before and say so in words; this is the door behind them, for a way in that does not ask.
/// </summary>
public sealed class PortalSignIn(
    UserManager<PortalUser> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<PortalUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<PortalUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PortalUser> confirmation)
    : SignInManager<PortalUser>(users, context, claims, options, logger, schemes, confirmation)
{
    /// <summary>Asked by Identity before a password, an authenticator's digits or a provider's account count.</summary>
    public override Task<bool> CanSignInAsync(PortalUser user) => user.DisabledAt is null ? base.CanSignInAsync(user) : Task.FromResult(false);

    /// <summary>Every cookie is written here.</summary>
    /// <exception cref="InvalidOperationException">The person is disabled.</exception>
    public override Task SignInWithClaimsAsync(PortalUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims) =>
        user.DisabledAt is null
            ? base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims)
            : throw new InvalidOperationException($"User {user.Id} is disabled and is not signed in.");
}
