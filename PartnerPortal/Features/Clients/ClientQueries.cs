using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Reads "My clients": only ever the lines of the actor's own account, and nothing for an account that is no partner.</summary>
public sealed class ClientQueries(PortalDb portal, PreparedStatements statements)
{
    public const int PageSize = 50;

    /// <param name="filter">Which lines.</param>
    /// <param name="sorting">In which order.</param>
    /// <param name="at">A cursor of an earlier page; null, a foreign or a stale one lead to the first page.</param>
    /// <param name="size">Lines on a page.</param>
    /// <param name="actor">Whose list; without the right to see money it is neither filtered nor sorted by it.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="withMoney">The lines say what was bought, if the actor may see it.</param>
    public async Task<ClientPage> PageAsync(ClientFilter filter, ClientSorting sorting, string? at, int size, Actor actor, CancellationToken ct, bool withMoney = false)
    {
        (filter, sorting) = (filter.For(actor), sorting.For(actor));
        if (PartnerOf(actor) is not { } partnerId)
        {
            return new ClientPage(new Page<ClientRow>([], null, null), 0, 0);
        }

        await using var connection = await statements.RentAsync(ct);
        var list = new ClientListReader(connection, partnerId, filter, withMoney: ReadsMoney(withMoney, sorting, actor));
        var taken = await TakeAsync(list, ClientOrder.Of(sorting), ClientCursor.Decode(at, sorting.By), size, ct);
        var (total, isMore) = taken is { Before: 0, HasNext: false } ? (taken.Lines.Count, false) : await list.CountAsync(ct);
        var end = taken.Before + taken.Lines.Count;
        if (!taken.HasNext && !isMore)
        {
            // The end is known for sure: what came or went since the cursor was made is made good here.
            taken = taken with { Before = Math.Max(0, total - taken.Lines.Count) };
        }
        else if (end >= total)
        {
            (total, isMore) = (taken.HasNext ? end + 1 : end, taken.HasNext);
        }

        return new ClientPage(
            new Page<ClientRow>(
                [.. taken.Lines.Select(l => l.Row)],
                taken.HasPrevious ? new ClientCursor(true, taken.Lines[0].PlaceIn(sorting.By), taken.Before).Encode(sorting.By) : null,
                taken.HasNext ? new ClientCursor(false, taken.Lines[^1].PlaceIn(sorting.By), taken.Before + taken.Lines.Count).Encode(sorting.By) : null),
            total,
            taken.Before,
            isMore);
    }

    /// <summary>All lines that a filter finds, fetched page by page, so that neither they nor a transaction are held; with their money, if the actor may see it.</summary>
    public async IAsyncEnumerable<ClientRow> AllAsync(ClientFilter filter, ClientSorting sorting, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        const int chunk = 500;
        (filter, sorting) = (filter.For(actor), sorting.For(actor));
        ClientPlace? place = null;
        while (PartnerOf(actor) is { } partnerId)
        {
            List<KeyedClient> found;
            await using (var connection = await statements.RentAsync(ct))
            {
                var list = new ClientListReader(connection, partnerId, filter, withMoney: actor.MaySeeMoney);
                found = await list.LinesAsync(ClientOrder.Of(sorting), place, chunk, ct);
            }

            foreach (var line in found)
            {
                yield return line.Row;
            }

            if (found.Count < chunk)
            {
                yield break;
            }

            place = found[^1].PlaceIn(sorting.By);
        }
    }

    /// <param name="since">UTC: lines that came later have arrived.</param>
    /// <param name="actor">Whose list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ClientOverview> OverviewAsync(DateTime? since, Actor actor, CancellationToken ct)
    {
        if (PartnerOf(actor) is not { } partnerId)
        {
            return new ClientOverview(new Dictionary<ClientStatus, int>(), [], null, 0);
        }

        await using var connection = await statements.RentAsync(ct);
        var list = new ClientListReader(connection, partnerId, new ClientFilter());
        var counts = await list.TalliesAsync(ct);
        var tags = await list.TagsAsync(ct);
        var latest = await list.LatestAsync(ct);
        var arrived = since is { } moment && latest > moment ? await list.ArrivedAsync(moment, ct) : 0;
        return new ClientOverview(counts, tags, latest, arrived);
    }

    /// <summary>The newest lines that came after a moment (UTC), to be announced.</summary>
    public async Task<IReadOnlyList<ClientRow>> ArrivedAsync(DateTime since, int atMost, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Rows(Scope(db, actor).Where(r => r.Since > since).OrderByDescending(r => r.Since).ThenByDescending(r => r.Id).Take(atMost)).ToListAsync(ct);
    }

    /// <returns>Null when the line is not in the actor's list.</returns>
    public async Task<ClientCard?> CardAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await CardAsync(db, Scope(db, actor).Where(r => r.Id == id), ct);
    }

    /// <summary>A line as its partner sees it, whoever asks; for the partner, and for showing the client what the partner sees.</summary>
    /// <param name="db">Is read.</param>
    /// <param name="one">The line, or nothing.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<ClientCard?> CardAsync(PortalDbContext db, IQueryable<ClientRecord> one, CancellationToken ct)
    {
        if (await Rows(one).FirstOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var rest = await (
            from r in one
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
                // Who recommended the client may be a client itself, one that does not share its name with this partner.
                IsSponsorShown = db.ClientRecords.Any(x => x.PartnerId == r.PartnerId && x.ClientId == s!.Id)
                    ? db.ClientRecords.Any(x => x.PartnerId == r.PartnerId && x.ClientId == s!.Id && x.IsShared)
                    : s!.Id == r.PartnerId || db.Partners.Any(x => x.AccountId == s.Id && x.Kind == PartnerKind.Integrator),
                p.Code,
                Token = (string?)r.Invitation!.Token,
            }).FirstAsync(ct);
        var events = await db.ClientEvents.Where(e => e.RecordId == row.Id).OrderByDescending(e => e.Id).Select(e => new ClientHappening(e.Kind, e.At, e.Detail)).ToListAsync(ct);
        var sharedSince = row.IsShared
            ? await db.Consents.Where(c => c.ClientId == rest.ClientId && c.PartnerId == rest.PartnerId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null)
                .MaxAsync(c => (DateTime?)c.GivenAt, ct)
            : null;
        var isOpen = rest.Token is not null && row.Status is ClientStatus.Invited or ClientStatus.Lapsed;
        return new ClientCard(
            row, rest.ClientId, row.IsShared ? AccountNumber.Offset + rest.ClientId : null, rest.Language, rest.Note, rest.IsSponsorShown ? rest.Sponsor : rest.Sponsor is { Length: > 0 } sponsor ? Initials.Of(sponsor) : null, sharedSince,
            isOpen ? rest.Code : null, isOpen ? rest.Token : null, events);
    }

    /// <summary>The lines of clients in the actor's list, by the clients' accounts; who is not in it is missing.</summary>
    public async Task<IReadOnlyDictionary<long, long>> LinesOfAsync(IReadOnlyCollection<long> clientIds, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Scope(db, actor).Where(r => r.ClientId != null && clientIds.Contains(r.ClientId.Value)).ToDictionaryAsync(r => r.ClientId!.Value, r => r.Id, ct);
    }

    /// <summary>What stands above and below a line in the list as it is filtered and sorted, on whatever page.</summary>
    public async Task<ClientNeighbours> NeighboursAsync(long id, ClientFilter filter, ClientSorting sorting, Actor actor, CancellationToken ct)
    {
        if (PartnerOf(actor) is not { } partnerId)
        {
            return new ClientNeighbours(null, null);
        }

        (filter, sorting) = (filter.For(actor), sorting.For(actor));
        await using var connection = await statements.RentAsync(ct);
        var order = ClientOrder.Of(sorting);
        var withMoney = ReadsMoney(false, sorting, actor);
        if (await new ClientListReader(connection, partnerId, new ClientFilter(), [id], withMoney).LinesAsync(order, null, 1, ct) is not [var line])
        {
            return new ClientNeighbours(null, null);
        }

        var (list, place) = (new ClientListReader(connection, partnerId, filter, withMoney: withMoney), line.PlaceIn(sorting.By));
        return new ClientNeighbours(await NextAsync(order.Reversed), await NextAsync(order));

        async Task<long?> NextAsync(ClientOrder way) => await list.LinesAsync(way, place, 1, ct) is [var next] ? next.Row.Id : null;
    }

    /// <summary>A place in the list is found again by what it is sorted by.</summary>
    private static bool ReadsMoney(bool isAsked, ClientSorting sorting, Actor actor) => actor.MaySeeMoney && (isAsked || sorting.By is ClientSort.PaidUntil);

    internal static long? PartnerOf(Actor actor) => actor is { AccountId: { } partnerId, IsPartner: true } ? partnerId : null;

    private static IQueryable<ClientRecord> Scope(PortalDbContext db, Actor actor) =>
        PartnerOf(actor) is { } partnerId ? db.ClientRecords.Where(r => r.PartnerId == partnerId) : db.ClientRecords.Where(_ => false);

    /// <summary>One line more than the page holds is read, to know whether there is another page.</summary>
    private static async Task<Taken> TakeAsync(ClientListReader list, ClientOrder order, ClientCursor? cursor, int size, CancellationToken ct)
    {
        if (cursor is { Backward: true })
        {
            var back = await list.LinesAsync(order.Reversed, cursor.Place, size + 1, ct);
            if (back.Count > size)
            {
                back.RemoveAt(size);
                back.Reverse();
                return new Taken(back, Math.Max(1, cursor.Before - size), HasPrevious: true, HasNext: true);
            }

            // The beginning is reached, and the page is filled from there.
            cursor = null;
        }

        var found = await list.LinesAsync(order, cursor?.Place, size + 1, ct);
        if (found.Count == 0 && cursor is not null)
        {
            cursor = null;
            found = await list.LinesAsync(order, null, size + 1, ct);
        }

        var hasNext = found.Count > size;
        if (hasNext)
        {
            found.RemoveAt(size);
        }

        return new Taken(found, cursor is null ? 0 : Math.Max(1, cursor.Before), HasPrevious: cursor is not null, hasNext);
    }

    private static IQueryable<ClientRow> Rows(IQueryable<ClientRecord> records) => records.Select(r =>
        new ClientRow(r.Id, r.Name, r.Email, r.Phone, r.Status, r.CameBy, r.Since, r.LastSeenAt, r.IsShared, r.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToList(), null));

    /// <param name="Lines">In the order of the list.</param>
    /// <param name="Before">How many lines stand before them, as far as is known.</param>
    private sealed record Taken(List<KeyedClient> Lines, int Before, bool HasPrevious, bool HasNext);
}
