using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Clients;

/// <summary>Reads for what is done to many lines at once; only ever lines of the actor's own list.</summary>
public sealed class ManyClientsQueries(PreparedStatements statements)
{
    /// <summary>The ids of all lines that a filter finds, at most one more than can be chosen.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(ClientFilter filter, Actor actor, CancellationToken ct)
    {
        if (ClientQueries.PartnerOf(actor) is not { } partnerId)
        {
            return [];
        }

        await using var connection = await statements.RentAsync(ct);
        return await new ClientListReader(connection, partnerId, filter.For(actor)).IdsAsync(ManyClients.Limit + 1, ct);
    }

    /// <summary>How many of the lines a filter finds.</summary>
    public async Task<int> CountAsync(IReadOnlyCollection<long> ids, ClientFilter filter, Actor actor, CancellationToken ct)
    {
        if (ClientQueries.PartnerOf(actor) is not { } partnerId)
        {
            return 0;
        }

        await using var connection = await statements.RentAsync(ct);
        return (await new ClientListReader(connection, partnerId, filter.For(actor), [.. ids]).IdsAsync(ids.Count, ct)).Count;
    }

    /// <summary>The lines themselves, in the order of the list, read when they are asked for.</summary>
    public async IAsyncEnumerable<ClientRow> RowsAsync(
        IReadOnlyCollection<long> ids, ClientSorting sorting, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (ClientQueries.PartnerOf(actor) is not { } partnerId)
        {
            yield break;
        }

        List<KeyedClient> lines;
        await using (var connection = await statements.RentAsync(ct))
        {
            lines = await new ClientListReader(connection, partnerId, new ClientFilter(), [.. ids], actor.MaySeeMoney).LinesAsync(ClientOrder.Of(sorting.For(actor)), null, ids.Count, ct);
        }

        foreach (var line in lines)
        {
            yield return line.Row;
        }
    }
}
