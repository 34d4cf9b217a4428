namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>What of Stripe's interface is written down here, in one place.</summary>
public static class StripeApi
{
    /// <summary>The version whose events are read: an endpoint at Stripe is made with it. Releases of one name, the word behind the point, only add.</summary>
    public const string Version = "2026-10-28.endive";

    /// <summary>Bytes of an event. Stripe's own are some ten thousand.</summary>
    public const int BodyLimit = 1024 * 1024;

    /// <summary>How long after it was signed an event is taken (Stripe's libraries, DEFAULT_TOLERANCE); a replayed one is older.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <summary>Of a session, an invoice or a subscription: our number of the client's account.</summary>
    public const string AccountKey = "portal_account";

    /// <summary>Of the same: what another system calls the client's account.</summary>
    public const string ExternalAccountKey = "portal_external_id";

    /// <summary>Of the same: the code of what was bought.</summary>
    public const string ProductKey = "portal_product";

    /// <summary>Of a session that the portal itself made: the order that it pays.</summary>
    public const string OrderKey = "portal_order";

    /// <summary>What was bought when nobody says it.</summary>
    public const string UnnamedProduct = "stripe";

    /// <summary>Whether events of that version can be read; one that says none comes from a test.</summary>
    public static bool Reads(string? version) => version is null || NameOf(version) == NameOf(Version);

    private static string NameOf(string version) => version[(version.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
