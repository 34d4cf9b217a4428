using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerPortal.Areas.Identity;

/// <summary>
/// Leads from the sign-in form, where the one-time password was typed, to the page on which its holder chooses a password: names the credential, sealed, for a
/// quarter of an hour. It uses nothing up.
/// </summary>
public sealed class StartTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.StartTickets");

    public string Write(long credentialId) =>
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{credentialId} {(clock.GetUtcNow() + Lasts).UtcTicks}"));

    /// <returns>The credential's id; null when the ticket is forged or too old.</returns>
    public long? Read(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(ticket).Split(' ');
            return long.Parse(parts[1], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? long.Parse(parts[0], CultureInfo.InvariantCulture) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
