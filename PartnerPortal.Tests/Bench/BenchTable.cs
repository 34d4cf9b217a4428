using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PartnerPortal.Tests.Bench;

/// <summary>The lines as a table to read and as JSON to keep.</summary>
internal static class BenchTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Short(BenchLine line) => string.Create(
        CultureInfo.InvariantCulture, $"{line.What}: {Number(line.Ours)} {line.Unit}{(line.Theirs is { } theirs ? $", against {Number(theirs)} ({line.Ratio:0.00}×)" : "")}{Verdict(line)}");

    public static string Of(IReadOnlyList<BenchLine> lines)
    {
        List<string[]> rows = [["measured", "this", "that", "unit", "ratio", "goal", "held"]];
        rows.AddRange(lines.Select(l => new[]
        {
            l.What, Number(l.Ours), l.Theirs is { } theirs ? Number(theirs) : "", l.Unit,
            l.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) + "×" : "",
            l.Goal?.ToString() ?? (l.Limit is { } limit ? "≤ " + Number(limit) : ""),
            l.Held switch { true => "yes", false => "NO", null => "" },
        }));
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, c) => c is 0 or 3 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        }

        return text.ToString();
    }

    /// <returns>Where it was written.</returns>
    public static async Task<string> WriteAsync(IReadOnlyList<BenchLine> lines, CancellationToken ct)
    {
        var path = Path.Combine(Environment.CurrentDirectory, "artifacts", "bench", $"bench-{DateTime.UtcNow:yyyyMMdd-HHmmss}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var report = new
        {
            at = DateTime.UtcNow,
            machine = new { cores = Environment.ProcessorCount, system = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription },
            lines = lines.Select(l => new { bench = l.Bench, what = l.What, unit = l.Unit, ours = l.Ours, theirs = l.Theirs, ratio = l.Ratio, goal = l.Goal?.ToString(), limit = l.Limit, held = l.Held }),
        };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, Indented), ct);
        return path;
    }

    private static string Verdict(BenchLine line) => line.Held switch { true => ", held", false => ", NOT HELD", null => "" };

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
