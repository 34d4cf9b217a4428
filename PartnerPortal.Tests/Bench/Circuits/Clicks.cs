using System.Diagnostics;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>People who click in pages that are open: one click at a time in each page, at a steady rate over all.</summary>
internal static class Clicks
{
    /// <summary>What 500 people do who look five seconds at what they see. Far from what either side can serve: a person waits for the server, not in a queue.</summary>
    private const int Rate = 100;

    /// <param name="open">They take turns.</param>
    /// <param name="count">All clicks.</param>
    /// <param name="click">Clicks in one and waits for the answer; returns how long it took.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<double>> RunAsync(IReadOnlyList<CircuitClient> open, int count, Func<CircuitClient, Task<TimeSpan>> click, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var clicks = new List<Task<TimeSpan>>(count);
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / Rate) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, ct);
            }

            clicks.Add(click(open[i % open.Count]));
        }

        return [.. (await Task.WhenAll(clicks)).Select(t => t.TotalMilliseconds)];
    }
}
