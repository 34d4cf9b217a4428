namespace PartnerPortal.Features.Webhooks;

/// <summary>When a delivery that failed is tried again: at once, within minutes, hours, and for three days in all.</summary>
public static class WebhookRetries
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
        TimeSpan.FromHours(8), TimeSpan.FromHours(12), TimeSpan.FromHours(18), TimeSpan.FromHours(24),
    ];

    /// <summary>After so many a delivery is given up.</summary>
    public static int Attempts => Pauses.Length + 1;

    /// <param name="failed">How many attempts failed, the latest included.</param>
    /// <param name="now">UTC.</param>
    /// <param name="jitter">From 0 to 1: spreads what failed together over a tenth of the pause.</param>
    /// <returns>UTC; null to give up.</returns>
    public static DateTime? Next(int failed, DateTime now, double jitter) => failed > Pauses.Length ? null : now + (Pauses[failed - 1] * (1 + (0.1 * jitter)));
}
