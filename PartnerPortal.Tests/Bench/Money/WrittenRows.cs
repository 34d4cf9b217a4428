using Microsoft.EntityFrameworkCore;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>How many rows a purchase leaves behind in each table: both sides of a comparison must write the same.</summary>
internal static class WrittenRows
{
    private static readonly string[] Tables = ["Purchases", "AuditEntries", "IdempotentRequests", "CommissionLines", "LedgerTransactions", "LedgerEntries", "OutboxMessages"];

    public static async Task<IReadOnlyList<long>> CountAsync(TestPortal portal)
    {
        var counts = new List<long>();
        foreach (var table in Tables)
        {
#pragma warning disable EF1002, EF1003 // Names of our own.
            counts.Add(await portal.ReadAsync(db => db.Database.SqlQueryRaw<long>($"SELECT CAST(count(*) AS bigint) AS \"Value\" FROM \"{table}\"").SingleAsync()));
#pragma warning restore EF1002, EF1003
        }

        return counts;
    }

    /// <summary>Throws when a purchase of one side left other rows than one of the other.</summary>
    public static void Same(IReadOnlyList<long> oursBefore, IReadOnlyList<long> ours, IReadOnlyList<long> theirsBefore, IReadOnlyList<long> theirs)
    {
        var (our, their) = (PerPurchase(oursBefore, ours), PerPurchase(theirsBefore, theirs));
        for (var i = 0; i < Tables.Length; i++)
        {
            if (Math.Abs(our[i] - their[i]) > 0.001)
            {
                throw new InvalidOperationException($"A purchase leaves {our[i]:0.###} rows in {Tables[i]}, and {their[i]:0.###} on the other side.");
            }
        }

        static List<double> PerPurchase(IReadOnlyList<long> before, IReadOnlyList<long> after) => [.. after.Select((n, i) => (n - before[i]) / (double)(after[0] - before[0]))];
    }
}
