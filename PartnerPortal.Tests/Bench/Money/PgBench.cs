using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PartnerPortal.Features.Audit;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary><c>pgbench</c> with a script that inserts the rows that a recorded purchase leaves behind: as <see cref="HandMadePurchases"/>, on PostgreSQL, with its statements prepared.</summary>
internal sealed partial class PgBench(MoneyScene scene, string script)
{
    private const string Purchase = "id_purchase";
    private const string Transaction = "id_transaction";

    /// <summary>Writes the script into a folder.</summary>
    public static async Task<PgBench> MakeAsync(MoneyScene scene, string folder, CancellationToken ct)
    {
        const long amount = 10_000;
        var at = scene.Since.AddDays(1);
        var time = string.Create(CultureInfo.InvariantCulture, $"'{at:yyyy-MM-dd HH:mm:ss}Z'::timestamptz");
        var hash = $"'{new string('8', 64)}'";
        var shares = MoneyScene.BasisPoints.Select(b => amount * b / 10_000).ToList();
        var month = CalendarMonth.Of(at).Number;
        var lines = shares.Select((share, i) => string.Create(CultureInfo.InvariantCulture,
            $"(:{Purchase}, {scene.Partners[i]}, :client, {month}, {i + 1}, 'Earned', {MoneyScene.BasisPoints[i]}, 'EUR', {amount}, {share}, {share}, 0, {time} + interval '30 days', {scene.PlanVersionId})"));
        var entries = shares.Select((share, i) => string.Create(CultureInfo.InvariantCulture, $"(:{Transaction}, 'Pending', {scene.Partners[i]}, 'EUR', {share})"))
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"(:{Transaction}, 'ProgramCost', NULL, 'EUR', {-shares.Sum()})"));
        var path = Path.Combine(folder, "purchases.pgbench");
        await File.WriteAllTextAsync(path, string.Create(CultureInfo.InvariantCulture, $$"""
            \set number random(1, 9000000000000000)
            \set client random({{scene.Clients[0]}}, {{scene.Clients[^1]}})
            BEGIN;
            INSERT INTO "Purchases" ("Source", "ExternalId", "ClientId", "Amount", "Discount", "Tax", "Currency", "Product", "OccurredAt", "ReceivedAt", "BodyHash", "PartnerId", "PlanVersionId", "Outcome", "Refunded", "SettledAt") VALUES ('api', 'order-' || :number::bigint, :client, {{amount}}, 0, 0, 'EUR', 'team', {{time}}, now(), {{hash}}, {{scene.Partners[0]}}, {{scene.PlanVersionId}}, 'Earns', 0, now()) RETURNING "Id" AS {{Purchase}} \gset
            INSERT INTO "AuditEntries" ("At", "ActorName", "ActorSearch", "Action", "SubjectKind", "AccountId", "Details") VALUES (now(), 'Web shop', 'web shop', '{{AuditActions.PurchaseRecorded}}', 'purchase', :client, '{"source":"api","externalId":"order-' || :number::bigint || '"}');
            INSERT INTO "IdempotentRequests" ("Source", "Key", "BodyHash", "ResultId", "At") VALUES ('api', 'key-' || :number::bigint, {{hash}}, :{{Purchase}}, now());
            INSERT INTO "CommissionLines" ("PurchaseId", "PartnerId", "ClientId", "Month", "Level", "Reason", "BasisPoints", "Currency", "Base", "BeforeCaps", "Granted", "Reversed", "HeldUntil", "PlanVersionId") VALUES {{string.Join(", ", lines)}};
            INSERT INTO "LedgerTransactions" ("At", "Kind", "PurchaseId") VALUES (now(), 'Commission', :{{Purchase}}) RETURNING "Id" AS {{Transaction}} \gset
            INSERT INTO "LedgerEntries" ("TransactionId", "Account", "OwnerId", "Currency", "Amount") VALUES {{string.Join(", ", entries)}};
            COMMIT;
            """), ct);
        return new PgBench(scene, path);
    }

    /// <returns>Transactions a second.</returns>
    public async Task<double> RunAsync(int clients, TimeSpan span, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(scene.Portal.ConnectionString);
        string[] arguments =
        [
            "-n", "-M", "prepared", "-c", Text(clients), "-j", "2", "-T", Text((int)span.TotalSeconds), "-f", script, "-h", server.Host!, "-p", Text(server.Port), "-U", server.Username!, server.Database!,
        ];
        var start = new ProcessStartInfo(Find(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        var text = await said;
        return process.ExitCode == 0 && PerSecond().Match(text) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {text}{await complained}");
    }

    private static string Find() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "pgbench")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault("pgbench")
        : "pgbench";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();
}
