using System.Diagnostics;

namespace PartnerPortal.Tests.Bench;

/// <summary>Runs two sides in turn, so that what else the machine does hits both alike.</summary>
internal static class InTurn
{
    /// <summary>Milliseconds of each side: the medians of all runs after a few to warm up. A run that takes long is repeated less often.</summary>
    public static async Task<(double Ours, double Theirs)> MedianAsync(Func<Task> ours, Func<Task> theirs, CancellationToken ct)
    {
        for (var i = 0; i < 5; i++)
        {
            await ours();
            await theirs();
        }

        // About a second and a half for both, 15 to 1,000 times.
        var times = (int)Math.Clamp(1500 / ((await OnceAsync(ours)) + (await OnceAsync(theirs)) + 0.001), 15, 1000);
        var (mine, other) = (new List<double>(times), new List<double>(times));
        for (var i = 0; i < times; i++)
        {
            ct.ThrowIfCancellationRequested();
            mine.Add(await OnceAsync(ours));
            other.Add(await OnceAsync(theirs));
        }

        return (BenchFigures.Median(mine), BenchFigures.Median(other));
    }

    private static async Task<double> OnceAsync(Func<Task> side)
    {
        var start = Stopwatch.GetTimestamp();
        await side();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
