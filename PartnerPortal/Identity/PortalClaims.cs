using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Identity;

/// <summary>Adds the account a person works in to the sign-in; roles and memberships themselves are read from the database each time.</summary>
public sealed class PortalClaims(UserManager<PortalUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<PortalUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.LastAccountId is { } account)
        {
            identity.AddClaim(new Claim(ActorSource.AccountClaim, account.ToString(CultureInfo.InvariantCulture)));
        }

        return identity;
    }
}
