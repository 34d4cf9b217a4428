namespace PartnerPortal.Shared;

/// <summary>A website as people type it: the scheme may be left out. Only http and https, so that a shown link cannot run anything.</summary>
public static class WebAddress
{
    /// <summary>Longer ones are not kept.</summary>
    public const int MaxLength = 200;

    /// <returns>The absolute address, https unless said otherwise; null when it is none, or nothing was typed.</returns>
    public static string? Parse(string? typed)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length is 0 or > MaxLength || text.Any(char.IsWhiteSpace))
        {
            return null;
        }

        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : "https://" + text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || !uri.Host.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        var address = uri.PathAndQuery == "/" ? uri.GetLeftPart(UriPartial.Authority) : uri.AbsoluteUri;
        return address.Length > MaxLength ? null : address;
    }
}
