using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Takes the chosen lines out of the portal, and no others. That it was done is recorded before the first line leaves.</summary>
public sealed class ExportChosenClients(PortalDb portal, ManyClientsQueries queries)
{
    /// <returns>The lines in the order of the list, read as they are asked for; those of others are not among them.</returns>
    public async Task<Result<IAsyncEnumerable<ClientRow>>> ExecuteAsync(IReadOnlyCollection<long> ids, ClientSorting sorting, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true })
        {
            return new NotAllowed();
        }

        if (ids.Count > ManyClients.Limit)
        {
            return new TooManyClients(ManyClients.Limit);
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.ClientExported, ("account", partnerId), partnerId, new { chosen = ids.Count });
        await work.CommitAsync(ct);
        return Result<IAsyncEnumerable<ClientRow>>.Success(queries.RowsAsync(ids, sorting, actor, ct));
    }
}
