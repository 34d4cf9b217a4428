using PartnerPortal.Tests.Bench.Circuits;
using PartnerPortal.Tests.Bench.Lists;
using PartnerPortal.Tests.Bench.Money;
using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench;

/// <summary>The measurements by name, in the order in which all are run.</summary>
internal static class BenchList
{
    public static readonly IReadOnlyDictionary<string, Func<BenchRun, CancellationToken, Task>> All = new Dictionary<string, Func<BenchRun, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        ["create"] = CreateBench.RunAsync,
        ["import"] = ImportBench.RunAsync,
        ["page"] = ListBenches.PageAsync,
        ["search"] = ListBenches.SearchAsync,
        ["referral"] = ReferralBench.RunAsync,
        ["purchases"] = PurchaseBenches.OneByOneAsync,
        ["batch"] = PurchaseBenches.InBatchesAsync,
        ["purchases-postgres"] = PurchaseBenches.OnPostgresAsync,
        ["wallet"] = WalletBench.RunAsync,
        ["preview"] = PreviewBench.RunAsync,
        ["verify"] = VerifyBench.RunAsync,
        ["start"] = StartBench.RunAsync,
        ["circuits"] = CircuitBenches.RunAsync,
        ["open"] = CircuitBenches.OpenAsync,
        ["web"] = WebBench.RunAsync,
    };
}
