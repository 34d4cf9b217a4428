using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>Reads the mail that a live portal wrote to its folder.</summary>
public static class LiveMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The newest mail to the address, waited for.</summary>
    public static async Task<ParsedMail> MailAsync(this LivePortal live, string address, Func<ParsedMail, bool>? which = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(patience.Token))
        {
            var found = Directory.Exists(live.Portal.MailFolder)
                ? new DirectoryInfo(live.Portal.MailFolder).GetFiles("*.eml").OrderByDescending(f => f.LastWriteTimeUtc).Select(f => ParsedMail.ReadFile(f.FullName))
                    .FirstOrDefault(m => m["To"].Contains(address, StringComparison.OrdinalIgnoreCase) && (which is null || which(m)))
                : null;
            if (found is not null)
            {
                return found;
            }
        }

        throw new TimeoutException("No mail to " + address);
    }
}
