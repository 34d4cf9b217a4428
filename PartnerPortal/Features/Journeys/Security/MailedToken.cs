using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Identity's tokens as they stand in the links of mails: base64url, with the user they are for.</summary>
internal static class MailedToken
{
    /// <summary>The link that confirms a registration.</summary>
    public static async Task<string> ConfirmPathAsync(UserManager<PortalUser> users, PortalUser user, string? returnUrl = null) =>
        Path(PortalUrls.ConfirmEmail, user, await users.GenerateEmailConfirmationTokenAsync(user), ("returnUrl", returnUrl));

    public static string Path(string page, PortalUser user, string token, params ReadOnlySpan<(string Key, string? Value)> more) => PortalUrls.WithQuery(
        PortalUrls.WithQuery(page, ("userId", user.Id.ToString(CultureInfo.InvariantCulture)), ("code", WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token)))), more);

    /// <returns>False for a link that a mail program cut off.</returns>
    public static bool TryRead(string? code, [NotNullWhen(true)] out string? token)
    {
        token = null;
        try
        {
            token = string.IsNullOrEmpty(code) ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return false;
        }

        return token is not null;
    }
}
