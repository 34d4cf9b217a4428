using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Takes a wallet's lines out of the portal. That it was done is recorded before the first line leaves.</summary>
public sealed class ExportWallet(PortalDb portal, WalletLineQueries queries)
{
    /// <returns>The lines, read as they are asked for.</returns>
    public async Task<Result<IAsyncEnumerable<WalletLine>>> ExecuteAsync(WalletView view, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.WalletExported, ("account", own), own, new { isFiltered = view != new WalletView() });
        await work.CommitAsync(ct);
        return Result<IAsyncEnumerable<WalletLine>>.Success(queries.AllAsync(view, actor, ct));
    }
}
