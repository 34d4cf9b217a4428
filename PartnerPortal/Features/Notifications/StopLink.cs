using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Notifications;

/// <summary>What a link in a mail stops: such mail to one user.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Kind">The mail about that; null for the mail of the day.</param>
public sealed record StopWish(long UserId, NotificationKind? Kind)
{
    /// <summary>Of the choice that says so.</summary>
    internal string Key => Kind is { } kind ? NotificationWish.KeyOf(kind) : NotificationWish.DigestKey;
}

/// <summary>Seals what a link stops, so that nobody can make one for somebody else. It opens nothing and shows nothing.</summary>
public sealed class StopLinkSeal(IDataProtectionProvider protection)
{
    private const int Longest = 300;
    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.NotificationStop");

    public string Seal(StopWish wish) => _protector.Protect(FormattableString.Invariant($"{wish.UserId}|{wish.Kind}"));

    /// <returns>Null for what this portal did not make.</returns>
    public StopWish? Open(string? token)
    {
        if (token is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(token).Split('|');
            return new StopWish(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1].Length == 0 ? null : Enum.Parse<NotificationKind>(parts[1]));
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
