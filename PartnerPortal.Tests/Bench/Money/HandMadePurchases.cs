using Microsoft.Data.Sqlite;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>
/// What purchases are held against: a loop that inserts the rows that a recorded purchase leaves behind, and does nothing else. It looks nothing up, knows beforehand what each earns,
/// and has one connection with every statement prepared once. Indexes, triggers and settings of the file are the portal's.
/// </summary>
internal sealed class HandMadePurchases : IDisposable
{
    private const string Hash = "8a1c5a1f5fb0b3cfe1a39a6a1f2c8f3f3b1d6f1b0c6d1e0a5c9b7d3e2f1a0b9c";

    private static readonly string[] LineColumns =
        ["PurchaseId", "PartnerId", "ClientId", "Month", "Level", "Reason", "BasisPoints", "Currency", "Base", "BeforeCaps", "Granted", "Reversed", "HeldUntil", "PlanVersionId"];

    private readonly MoneyScene _scene;
    private readonly SqliteConnection _db;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _purchase;
    private readonly SqliteCommand _audit;
    private readonly SqliteCommand _key;
    private readonly SqliteCommand _lines;
    private readonly SqliteCommand _transaction;
    private readonly SqliteCommand _entries;
    private int _next;

    public HandMadePurchases(MoneyScene scene)
    {
        _scene = scene;
        _db = new SqliteConnection(new SqliteConnectionStringBuilder(scene.Portal.ConnectionString) { Pooling = false }.ConnectionString);
        _db.Open();
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _purchase = Insert("Purchases", 1, "Source", "ExternalId", "ClientId", "Amount", "Discount", "Tax", "Currency", "Product", "OccurredAt", "ReceivedAt", "BodyHash", "PartnerId", "PlanVersionId", "Outcome", "Refunded", "SettledAt");
        _audit = Insert("AuditEntries", 1, "At", "ActorName", "ActorSearch", "Action", "SubjectKind", "AccountId", "Details");
        _key = Insert("IdempotentRequests", 1, "Source", "Key", "BodyHash", "ResultId", "At");
        _lines = Insert("CommissionLines", MoneyScene.BasisPoints.Length, LineColumns);
        _transaction = Insert("LedgerTransactions", 1, "At", "Kind", "PurchaseId");
        _entries = Insert("LedgerEntries", MoneyScene.BasisPoints.Length + 1, "TransactionId", "Account", "OwnerId", "Currency", "Amount");
    }

    /// <summary>The next ones, all in one transaction with one idempotency key.</summary>
    public void Record(int count)
    {
        _begin.ExecuteNonQuery();
        var purchase = 0L;
        for (var i = 0; i < count; i++)
        {
            purchase = Add(SoldRow.Of(_scene, _next++));
        }

        Run(_key, PurchaseSources.Api, SoldRow.Of(_scene, _next - 1).Key, Hash, purchase, DateTime.UtcNow);
        _commit.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in new[] { _begin, _commit, _purchase, _audit, _key, _lines, _transaction, _entries })
        {
            command.Dispose();
        }

        _db.Dispose();
    }

    /// <returns>The purchase's id.</returns>
    private long Add(SoldRow sold)
    {
        var now = DateTime.UtcNow;
        var purchase = RunForId(_purchase, PurchaseSources.Api, sold.ExternalId, sold.ClientId, sold.Amount, 0L, 0L, SoldRow.Currency, SoldRow.Product, sold.At, now, Hash, _scene.Partners[0], _scene.PlanVersionId, "Earns", 0L, now);
        Run(_audit, now, "Web shop", "web shop", AuditActions.PurchaseRecorded, "purchase", sold.ClientId, $$"""{"source":"api","externalId":"{{sold.ExternalId}}"}""");
        var (transaction, sum) = (RunForId(_transaction, now, nameof(LedgerKind.Commission), purchase), 0L);
        for (var level = 0; level < MoneyScene.BasisPoints.Length; level++)
        {
            var share = sold.Amount * MoneyScene.BasisPoints[level] / 10_000;
            sum += share;
            Bind(_lines, level * LineColumns.Length, purchase, _scene.Partners[level], sold.ClientId, CalendarMonth.Of(sold.At).Number, level + 1, "Earned", MoneyScene.BasisPoints[level], SoldRow.Currency,
                sold.Amount, share, share, 0L, sold.At.AddDays(30), _scene.PlanVersionId);
            Bind(_entries, (level + 1) * 5, transaction, nameof(LedgerAccount.Pending), _scene.Partners[level], SoldRow.Currency, share);
        }

        Bind(_entries, 0, transaction, nameof(LedgerAccount.ProgramCost), DBNull.Value, SoldRow.Currency, -sum);
        _lines.ExecuteNonQuery();
        _entries.ExecuteNonQuery();
        return purchase;
    }

    private static long RunForId(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, 0, values);
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, 0, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, int from, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[from + i].Value = values[i];
        }
    }

    private SqliteCommand Insert(string table, int rows, params string[] columns)
    {
        var places = Enumerable.Range(0, rows).Select(r => "(" + string.Join(", ", columns.Select((_, c) => $"$p{(r * columns.Length) + c}")) + ")");
        var command = Prepare($"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES {string.Join(", ", places)}{(table is "Purchases" or "LedgerTransactions" ? " RETURNING \"Id\"" : "")}");
        for (var i = 0; i < rows * columns.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter($"$p{i}", DBNull.Value));
        }

        command.Prepare();
        return command;
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = new SqliteCommand(sql, _db);
        if (!sql.Contains('$', StringComparison.Ordinal))
        {
            command.Prepare();
        }

        return command;
    }
}
