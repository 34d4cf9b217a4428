using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Reads "My clients": only ever the lines of the actor's own account, and nothing for an account that is no partner.</summary>
public sealed class ClientQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <param name="filter">Which lines.</param>
    /// <param name="sorting">In which order.</param>
    /// <param name="at">A cursor of an earlier page; null, a foreign or a stale one lead to the first page.</param>
    /// <param name="size">Lines on a page.</param>
    /// <param name="actor">Whose list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ClientPage> PageAsync(ClientFilter filter, ClientSorting sorting, string? at, int size, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = Scope(db, actor).Matching(filter);
        var order = ClientOrder.Of(sorting);
        var total = await rows.CountAsync(ct);
        var found = await TakeAsync(rows, order, ClientCursor.Decode(at, sorting.By), size, ct);
        if (found.Count == 0)
        {
            return new ClientPage(new Page<ClientRow>([], null, null), total, 0);
        }

        var (first, last) = (PlaceOf(found[0], sorting.By), PlaceOf(found[^1], sorting.By));
        var before = await order.Reversed.After(rows, first).CountAsync(ct);
        return new ClientPage(
            new Page<ClientRow>(
                [.. found.Select(f => f.Row)],
                before > 0 ? new ClientCursor(true, first).Encode(sorting.By) : null,
                before + found.Count < total ? new ClientCursor(false, last).Encode(sorting.By) : null),
            total,
            before);
    }

    /// <summary>All lines that a filter finds, fetched page by page, so that neither they nor a transaction are held.</summary>
    public async IAsyncEnumerable<ClientRow> AllAsync(ClientFilter filter, ClientSorting sorting, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        const int chunk = 500;
        ClientCursor? cursor = null;
        while (true)
        {
            List<Keyed> found;
            await using (var db = await portal.ReadAsync(ct))
            {
                found = await ForwardAsync(Scope(db, actor).Matching(filter), ClientOrder.Of(sorting), cursor?.Place, chunk, ct);
            }

            foreach (var line in found)
            {
                yield return line.Row;
            }

            if (found.Count < chunk)
            {
                yield break;
            }

            cursor = new ClientCursor(false, PlaceOf(found[^1], sorting.By));
        }
    }

    /// <param name="since">UTC: lines that came later have arrived.</param>
    /// <param name="actor">Whose list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ClientOverview> OverviewAsync(DateTime? since, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = Scope(db, actor);
        var counts = await rows.GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count(), Latest = g.Max(r => r.Since) }).ToListAsync(ct);
        var tags = await rows.SelectMany(r => r.Tags).Select(t => t.Name).Distinct().OrderBy(name => name).ToListAsync(ct);
        var arrived = since is { } moment ? await rows.CountAsync(r => r.Since > moment, ct) : 0;
        return new ClientOverview(counts.ToDictionary(c => c.Key, c => c.Count), tags, counts.Count == 0 ? null : counts.Max(c => c.Latest), arrived);
    }

    /// <summary>The newest lines that came after a moment (UTC), to be announced.</summary>
    public async Task<IReadOnlyList<ClientRow>> ArrivedAsync(DateTime since, int atMost, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var found = await Rows(Scope(db, actor).Where(r => r.Since > since).OrderByDescending(r => r.Since).ThenByDescending(r => r.Id).Take(atMost)).ToListAsync(ct);
        return [.. found.Select(f => f.Row)];
    }

    /// <returns>Null when the line is not in the actor's list.</returns>
    public async Task<ClientCard?> CardAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var own = Scope(db, actor).Where(r => r.Id == id);
        if (await Rows(own).FirstOrDefaultAsync(ct) is not { } line)
        {
            return null;
        }

        var rest = await (
            from r in own
            join p in db.Accounts on r.PartnerId equals p.Id
            join c in db.Accounts on r.ClientId equals c.Id into clients
            from c in clients.DefaultIfEmpty()
            join s in db.Accounts on c!.SponsorId equals (long?)s.Id into sponsors
            from s in sponsors.DefaultIfEmpty()
            select new
            {
                r.ClientId,
                r.PartnerId,
                r.Language,
                r.Note,
                Sponsor = r.IsShared ? s!.Name : null,
                p.Code,
                Token = (string?)r.Invitation!.Token,
            }).FirstAsync(ct);
        var events = await db.ClientEvents.Where(e => e.RecordId == id).OrderByDescending(e => e.Id).Select(e => new ClientHappening(e.Kind, e.At, e.Detail)).ToListAsync(ct);
        var sharedSince = line.Row.IsShared
            ? await db.Consents.Where(c => c.ClientId == rest.ClientId && c.PartnerId == rest.PartnerId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null)
                .MaxAsync(c => (DateTime?)c.GivenAt, ct)
            : null;
        var isOpen = rest.Token is not null && line.Row.Status is ClientStatus.Invited or ClientStatus.Lapsed;
        return new ClientCard(
            line.Row, rest.ClientId, line.Row.IsShared ? AccountNumber.Offset + rest.ClientId : null, rest.Language, rest.Note, rest.Sponsor, sharedSince,
            isOpen ? rest.Code : null, isOpen ? rest.Token : null, events);
    }

    /// <summary>What stands above and below a line in the list as it is filtered and sorted, on whatever page.</summary>
    public async Task<ClientNeighbours> NeighboursAsync(long id, ClientFilter filter, ClientSorting sorting, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = Scope(db, actor);
        if (await Rows(rows.Where(r => r.Id == id)).FirstOrDefaultAsync(ct) is not { } line)
        {
            return new ClientNeighbours(null, null);
        }

        var (order, place, matching) = (ClientOrder.Of(sorting), PlaceOf(line, sorting.By), rows.Matching(filter));
        return new ClientNeighbours(await NextAsync(order.Reversed), await NextAsync(order));

        Task<long?> NextAsync(ClientOrder way) => way.Sort(way.After(matching, place)).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct);
    }

    private static IQueryable<ClientRecord> Scope(PortalDbContext db, Actor actor) =>
        actor is { AccountId: { } partnerId, IsPartner: true } ? db.ClientRecords.Where(r => r.PartnerId == partnerId) : db.ClientRecords.Where(_ => false);

    private static async Task<List<Keyed>> TakeAsync(IQueryable<ClientRecord> rows, ClientOrder order, ClientCursor? cursor, int size, CancellationToken ct)
    {
        if (cursor is { Backward: true })
        {
            var back = await ForwardAsync(rows, order.Reversed, cursor.Place, size, ct);
            back.Reverse();
            // Fewer than a page: the beginning is reached, and the page is filled from there.
            return back.Count == size ? back : await ForwardAsync(rows, order, null, size, ct);
        }

        var found = await ForwardAsync(rows, order, cursor?.Place, size, ct);
        return found.Count > 0 || cursor is null ? found : await ForwardAsync(rows, order, null, size, ct);
    }

    private static Task<List<Keyed>> ForwardAsync(IQueryable<ClientRecord> rows, ClientOrder order, ClientPlace? place, int size, CancellationToken ct) =>
        Rows(order.Sort(place is null ? rows : order.After(rows, place)).Take(size)).ToListAsync(ct);

    private static IQueryable<Keyed> Rows(IQueryable<ClientRecord> records) => records.Select(r => new Keyed(
        new ClientRow(r.Id, r.Name, r.Email, r.Phone, r.Status, r.CameBy, r.Since, r.LastSeenAt, r.IsShared, r.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToList()),
        r.SortName, r.NormalizedEmail));

    private static ClientPlace PlaceOf(Keyed line, ClientSort by) => new(
        by switch
        {
            ClientSort.Since => ClientPlace.KeyOf(line.Row.Since),
            ClientSort.Name => line.SortName,
            ClientSort.Email => line.NormalizedEmail,
            ClientSort.Status => line.Row.Status.ToString(),
            ClientSort.LastSeen => line.Row.LastSeenAt is { } seen ? ClientPlace.KeyOf(seen) : null,
        },
        line.Row.Id);

    private sealed record Keyed(ClientRow Row, string SortName, string? NormalizedEmail);
}
