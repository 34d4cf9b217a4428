using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What leaves, read as it is asked for.</summary>
public sealed record WalletExport(IAsyncEnumerable<WalletLine> Lines, IAsyncEnumerable<CreditLine> Credits);

/// <summary>Takes a wallet's lines out of the portal. That it was done is recorded before the first line leaves.</summary>
public sealed class ExportWallet(PortalDb portal, WalletLineQueries queries, CreditQueries credits)
{
    public async Task<Result<WalletExport>> ExecuteAsync(WalletView view, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.WalletExported, ("account", own), own, new { isFiltered = view != new WalletView() });
        await work.CommitAsync(ct);
        return new WalletExport(queries.AllAsync(view, actor, ct), credits.AllAsync(view.Currency, actor, ct).Where(view.Shows));
    }
}
