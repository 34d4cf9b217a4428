using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary><c>verify</c> as its operator runs it, start included, beside one loop that reads the same rows once; and what it holds in memory for ten times the purchases.</summary>
internal static class VerifyBench
{
    private const int Tenth = 100_000;
    private const int Rounds = 3;

    /// <summary>What has to be looked at: numbers first, then texts.</summary>
    private static readonly (string Table, string[] Numbers, string[] Texts)[] Read =
    [
        ("Purchases", ["Id", "ClientId", "Amount", "Discount", "Refunded", "PartnerId", "PlanVersionId"], ["Source", "ExternalId", "Currency", "Product", "OccurredAt"]),
        ("Attributions", ["ClientId", "PartnerId"], ["StartedAt"]),
        ("CommissionLines", ["PurchaseId", "PartnerId", "Level", "Granted", "Reversed"], ["Currency"]),
        ("LedgerTransactions", ["Id", "PurchaseId"], ["Kind"]),
        ("LedgerEntries", ["TransactionId", "Amount"], ["Account", "Currency"]),
    ];

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var (many, tenth) = (await ManyPurchases.MakeAsync(run, WalletBench.Many, ct), await ManyPurchases.MakeAsync(run, Tenth, ct));
        var (ours, theirs, peaks) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            ReadOnce(many);
            theirs.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            peaks.Add(await VerifyAsync(run, many, ct));
            ours.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        run.Compare("verify over 1,000,000 purchases / reading the same rows once", "s", BenchFigures.Median(ours), BenchFigures.Median(theirs), Goal.AtMost(5));
        run.Compare($"its peak of memory, 1,000,000 purchases / {Tenth:N0}", "MB", BenchFigures.Median(peaks), await VerifyAsync(run, tenth, ct), Goal.AtMost(1.5));
    }

    private static void ReadOnce(ManyPurchases file)
    {
        using var db = new SqliteConnection($"Data Source={file.File};Pooling=False;Mode=ReadOnly");
        db.Open();
        var (purchases, sum) = (0, 0L);
        foreach (var (table, numbers, texts) in Read)
        {
            using var command = new SqliteCommand($"SELECT {string.Join(", ", numbers.Concat(texts).Select(c => $"\"{c}\""))} FROM \"{table}\"", db);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var c = 0; c < numbers.Length; c++)
                {
                    sum += reader.IsDBNull(c) ? 0 : reader.GetInt64(c);
                }

                for (var c = 0; c < texts.Length; c++)
                {
                    sum += reader.GetString(numbers.Length + c).Length;
                }

                purchases += table is "Purchases" ? 1 : 0;
            }
        }

        if (purchases != file.Count || sum == 0)
        {
            throw new InvalidOperationException($"{purchases} purchases were read, not {file.Count}.");
        }
    }

    /// <returns>The most memory it held, in megabytes.</returns>
    private static async Task<double> VerifyAsync(BenchRun run, ManyPurchases file, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PartnerPortal.dll"), "verify"]) { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in BenchPortal.Settings(file.File, run.Folder))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(ct);
        var peak = 0.0;
        var ended = process.WaitForExitAsync(ct);
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(50), ct));
        }

        var text = await said;
        return process.ExitCode == 0 && text.Contains(string.Create(CultureInfo.InvariantCulture, $"{file.Count} purchases"), StringComparison.Ordinal)
            ? peak
            : throw new InvalidOperationException($"verify ended with {process.ExitCode}: {text}");
    }

    /// <summary>So far, as the system keeps it; 0 when the process has just ended.</summary>
    private static double Peak(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(l => double.Parse(l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).FirstOrDefault();
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
