using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Where a reader stops the mails of automations.</summary>
/// <param name="Page">Asks first.</param>
/// <param name="AtOnce">For mail programs (RFC 8058).</param>
public sealed record MailStopUrls(string Page, string AtOnce);

/// <summary>Makes the addresses that stop mail. Each says, sealed, whose mail: nobody stops another's, and nothing has to be kept for it.</summary>
public sealed class MailStopSeal(IDataProtectionProvider protection, PublicUrl urls)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.MailStop");

    public MailStopUrls UrlFor(long userId)
    {
        var id = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(id, userId);
        var token = WebEncoders.Base64UrlEncode(_protector.Protect(id));
        return new MailStopUrls(urls.Of(PortalUrls.StopAutomationMail(token)), urls.Of(PortalUrls.StopAutomationMailAtOnce(token)));
    }

    /// <returns>Null when it is none of ours.</returns>
    internal long? Open(string token)
    {
        if (token.Length is 0 or > 300)
        {
            return null;
        }

        try
        {
            return BinaryPrimitives.ReadInt64BigEndian(_protector.Unprotect(WebEncoders.Base64UrlDecode(token)));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            // Typed, cut short, or sealed by another installation.
            return null;
        }
    }
}
