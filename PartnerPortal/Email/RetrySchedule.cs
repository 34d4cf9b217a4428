namespace PartnerPortal.Email;

/// <summary>When a message that was not accepted is tried again.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(8), TimeSpan.FromHours(24),
    ];

    /// <summary>After so many attempts a message is given up.</summary>
    public static int Attempts => Pauses.Length + 1;

    /// <param name="failed">How many attempts failed, the latest included.</param>
    /// <param name="now">UTC.</param>
    /// <param name="jitter">From 0 to 1: spreads what failed together over a fifth of the pause, so that it does not come back together.</param>
    /// <returns>UTC; null to give up.</returns>
    public static DateTime? Next(int failed, DateTime now, double jitter) =>
        failed > Pauses.Length ? null : now + (Pauses[failed - 1] * (1 + (0.2 * jitter)));
}
