using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Takes lines out of the portal. That it was done is recorded before the first line leaves.</summary>
public sealed class ExportClients(PortalDb portal, ClientQueries queries)
{
    /// <returns>The lines, read as they are asked for.</returns>
    public async Task<Result<IAsyncEnumerable<ClientRow>>> ExecuteAsync(ClientFilter filter, ClientSorting sorting, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.ClientExported, ("account", partnerId), partnerId, new { isFiltered = filter != new ClientFilter { Country = filter.Country } });
        await work.CommitAsync(ct);
        return Result<IAsyncEnumerable<ClientRow>>.Success(queries.AllAsync(filter, sorting, actor, ct));
    }
}
