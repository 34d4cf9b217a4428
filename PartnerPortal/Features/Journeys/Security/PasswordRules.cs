using Microsoft.AspNetCore.Identity;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>The present password was typed wrong.</summary>
public sealed record WrongPassword : Error;

/// <summary>Holds a chosen password to the rules.</summary>
public static class PasswordRules
{
    /// <returns>Identity's codes of the rules that are broken; none when it is good.</returns>
    public static async Task<IReadOnlyList<string>> BrokenAsync(UserManager<PortalUser> users, PortalUser user, string password)
    {
        var codes = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            codes.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(e => e.Code));
        }

        return codes;
    }

    /// <summary>Sets the password and ends every other session.</summary>
    internal static void Set(UserManager<PortalUser> users, PortalUser user, string password)
    {
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
    }

    internal static bool Fits(UserManager<PortalUser> users, PortalUser user, string? password) =>
        user.PasswordHash is { } hash && !string.IsNullOrEmpty(password)
        && users.PasswordHasher.VerifyHashedPassword(user, hash, password) is not PasswordVerificationResult.Failed;
}
