using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <summary>Addresses that reach one mailbox have one key: what stands after a plus sign counts at no provider we know, and Google takes no notice of dots.</summary>
internal static class MailKey
{
    /// <returns>Null for what is no address.</returns>
    public static string? Of(string? email)
    {
        if (!EmailAddress.TryParse(email, out var address, out _))
        {
            return null;
        }

        var (local, domain) = (address.Normalized[..address.Normalized.LastIndexOf('@')], address.Domain);
        local = local.IndexOf('+', StringComparison.Ordinal) is var plus and > 0 ? local[..plus] : local;
        return domain is "gmail.com" or "googlemail.com" ? $"{local.Replace(".", "", StringComparison.Ordinal)}@gmail.com" : $"{local}@{domain}";
    }

    /// <returns>Null for what is no address, and for one of a provider where everybody has one.</returns>
    public static string? DomainOf(string? email) =>
        EmailAddress.TryParse(email, out var address, out _) && !Claims.ClaimedName.IsOfEverybody(address.Domain) ? address.Domain : null;
}
