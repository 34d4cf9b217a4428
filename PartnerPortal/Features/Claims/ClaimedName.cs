using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>The client as a claimant names it: by an e-mail address, or by the domain of the client.</summary>
/// <param name="Naming">Which of the two.</param>
/// <param name="Key">In the form that is compared: lower case, the domain in punycode.</param>
public sealed record ClaimedName(ClaimNaming Naming, string Key)
{
    /// <summary>Domains where anybody gets an address: they name no client.</summary>
    private static readonly HashSet<string> OfEverybody = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com",
        "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "mail.com", "zoho.com", "yandex.ru", "mail.ru", "hotmail.es", "yahoo.es", "uol.com.br", "bol.com.br", "terra.com.br", "qq.com", "163.com",
    };

    /// <summary>Reads what was typed or pasted, a web address too.</summary>
    public static Result<ClaimedName> Read(string typed)
    {
        var text = typed.Trim();
        if (text.Length == 0)
        {
            return new ClaimClientMissing();
        }

        if (text.Contains('@', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal))
        {
            return EmailAddress.TryParse(text, out var address, out _) ? new ClaimedName(ClaimNaming.Email, address.Normalized) : new ClaimClientWrong();
        }

        // Whatever can stand after the @ of an address is a domain.
        if (!EmailAddress.TryParse("x@" + HostOf(text), out var any, out _))
        {
            return new ClaimClientWrong();
        }

        return OfEverybody.Contains(any.Domain) ? new ClaimDomainOfEverybody() : new ClaimedName(ClaimNaming.Domain, any.Domain);
    }

    /// <summary>Whether anybody gets an address there, so that it says nothing of who has one.</summary>
    public static bool IsOfEverybody(string domain) => OfEverybody.Contains(domain);

    /// <summary>The host of a web address, without "www."; anything else as it is.</summary>
    public static string HostOf(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0;
        var host = text[start..].Split('/', '?', '#')[0].Split(':')[0];
        return host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
    }
}
