namespace PartnerPortal.Shared;

/// <summary>
/// Browser and system from what a browser calls itself (User-Agent, RFC 9110, section 10.1.5), in the names people know them by. Enough to tell one's own devices apart; browsers that
/// pretend to be others are taken for those.
/// </summary>
public static class DeviceName
{
    // The first that fits counts: most browsers name those they descend from too.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Each null when it cannot be told.</summary>
    public static (string? Browser, string? System) Of(string userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Sign, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
