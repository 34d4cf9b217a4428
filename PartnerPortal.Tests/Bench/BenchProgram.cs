using System.Diagnostics;
using System.Globalization;
using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench;

/// <summary><c>dotnet run -c Release --project PartnerPortal.Tests -- bench [NAME…]</c>: measures the portal beside what it is held against. The tests themselves are run by <c>dotnet test</c>.</summary>
internal static class BenchProgram
{
    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        if (args.Contains(BareRedirect.Argument))
        {
            return await BareRedirect.RunAsync(args);
        }

        if (args is not ["bench", .. var names])
        {
            Console.Error.WriteLine("The tests are run by: dotnet test. Measurements: dotnet run -c Release --project PartnerPortal.Tests -- bench [NAME…]");
            return 2;
        }

        if (names.Except(BenchList.All.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
        {
            Console.Error.WriteLine($"No such measurement: {string.Join(", ", unknown)}. There are: {string.Join(", ", BenchList.All.Keys)}.");
            return 2;
        }

#if DEBUG
        Console.Error.WriteLine("A Debug build measures itself, not the portal: add -c Release.");
        return 2;
#else
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return await RunAsync(names, stop.Token);
#endif
    }

    /// <returns>0 when everything was measured and every goal is held, else 1.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        await using var run = new BenchRun();
        var failed = new List<string>();
        foreach (var (name, measure) in BenchList.All.Where(b => names.Count == 0 || names.Contains(b.Key, StringComparer.Ordinal)))
        {
            var watch = Stopwatch.StartNew();
            Console.WriteLine($"… {name}");
            run.Begin(name);
            try
            {
                await measure(run, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The others are measured all the same.
                Console.Error.WriteLine(error);
                failed.Add(name);
            }

            Console.WriteLine($"  {name}: {watch.Elapsed.TotalSeconds:F0} s");
        }

        Console.WriteLine();
        Console.WriteLine(BenchTable.Of(run.Lines));
        Console.WriteLine($"Written to {await BenchTable.WriteAsync(run.Lines, ct)}");
        failed.ForEach(name => Console.WriteLine($"{name} could not be measured, see above."));
        return failed.Count == 0 && run.Lines.All(l => l.Held is not false) ? 0 : 1;
    }
}
