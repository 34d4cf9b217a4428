using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Startup.Commands;

/// <summary><c>verify</c>: whether books, wallets, purchases and payouts agree, also while the portal runs.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        await app.PrepareAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<VerifyBooks>().ExecuteAsync(CancellationToken.None);
        var payouts = await scope.ServiceProvider.GetRequiredService<VerifyPayouts>().ExecuteAsync(CancellationToken.None);
        List<BookFinding> findings = [.. report.Findings, .. payouts.Findings];
        if (findings is [var first, ..])
        {
            foreach (var finding in findings)
            {
                Console.Out.WriteLine(FormattableString.Invariant($"{finding.Record} {finding.Id}: {finding.Text}"));
            }

            return PortalCommands.Refuse(ExitCodes.Refused, FormattableString.Invariant(
                $"Books, wallets, purchases and payouts do not agree: {findings.Count} findings, the first at {first.Record} {first.Id}. Nothing was changed."));
        }

        Console.Out.WriteLine(FormattableString.Invariant($"Books, wallets, purchases and payouts agree: {report.Purchases} purchases, {payouts.Payouts} payouts, {report.Transactions} transactions."));
        return ExitCodes.Done;
    }
}
