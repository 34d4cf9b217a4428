using System.Diagnostics;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>A page that many people open.</summary>
/// <param name="Http">Follows no redirects and keeps no cookies.</param>
/// <param name="Page">Its whole address.</param>
/// <param name="Cookie">The Cookie header, or null.</param>
/// <param name="IsThere">The batch that shows that it is.</param>
/// <param name="Negotiates">Its script asks first how to connect.</param>
internal sealed record PageSide(HttpMessageInvoker Http, Uri Page, string? Cookie, Func<RenderBatch, bool> IsThere, bool Negotiates)
{
    /// <summary>So many at a time.</summary>
    public const int AtOnce = 16;

    /// <summary>Opens it as often as asked: request, circuit, first batch that shows it.</summary>
    public async Task<IReadOnlyList<CircuitClient>> OpenAsync(int count, bool withScreen, CancellationToken ct)
    {
        var open = new CircuitClient[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, stop) =>
            open[i] = await CircuitClient.OpenAsync(this, withScreen, stop));
        return open;
    }

    /// <returns>Pages opened a second; they are left again.</returns>
    public async Task<double> RateAsync(int count, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var open = await OpenAsync(count, withScreen: false, ct);
        var rate = count / watch.Elapsed.TotalSeconds;
        await LeaveAsync(open);
        return rate;
    }

    public static Task LeaveAsync(IReadOnlyList<CircuitClient> open) =>
        Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (client, _) => await client.DisposeAsync());
}
