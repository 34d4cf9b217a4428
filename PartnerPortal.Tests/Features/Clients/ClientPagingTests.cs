using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ClientPagingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_EverySortingForwardAndBack_GivesTheListAsSortedInMemory(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Other Partner");
        await portal.AddAsync([.. ClientLines.Mixed(partner, 61), .. ClientLines.Mixed(other, 9)]);
        // By a trigger, usually; here there are no purchases.
        await portal.ReadAsync(async db =>
        {
            var day = new DateTime(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);
            await db.ClientRecords.Where(r => r.Id % 4 == 1).ExecuteUpdateAsync(s => s.SetProperty(r => r.PaidUntil, day));
            return await db.ClientRecords.Where(r => r.Id % 4 == 2).ExecuteUpdateAsync(s => s.SetProperty(r => r.PaidUntil, day.AddDays(9)));
        });
        var records = await portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).ToListAsync());

        foreach (var by in Enum.GetValues<ClientSort>())
        {
            foreach (var ascending in new[] { true, false })
            {
                var sorting = new ClientSorting(by, ascending);
                var expected = Sorted(records, sorting);

                var (forward, last) = await WalkAsync(portal, partner, sorting, null, forward: true);
                var (back, _) = await WalkAsync(portal, partner, sorting, last.Page.Previous, forward: false);

                Assert.Equal(expected, forward);
                Assert.Equal(expected[..^last.Page.Items.Count], back);
            }
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_ForeignOrDamagedCursor_GivesTheFirstPage(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(ClientLines.Mixed(partner, 12));
        var first = await portal.PageAsync(partner, size: 5);

        var byName = await portal.PageAsync(partner, sorting: new ClientSorting(ClientSort.Name, true), at: first.Page.Next, size: 5);
        var damaged = await portal.PageAsync(partner, at: first.Page.Next![..^3], size: 5);

        Assert.Equal((0, 12), (byName.Before, byName.Total));
        Assert.Equal(first.Page.Items.Select(r => r.Id), damaged.Page.Items.Select(r => r.Id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task NeighboursAsync_AcrossPages_WalksTheWholeList(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(ClientLines.Mixed(partner, 17));
        var sorting = new ClientSorting(ClientSort.LastSeen, false);
        var all = (await portal.PageAsync(partner, sorting: sorting)).Page.Items.Select(r => r.Id).ToList();

        for (var i = 0; i < all.Count; i++)
        {
            var found = await portal.CallAsync<ClientQueries, ClientNeighbours>(q => q.NeighboursAsync(all[i], new ClientFilter(), sorting, partner, default));

            Assert.Equal(new ClientNeighbours(i == 0 ? null : all[i - 1], i == all.Count - 1 ? null : all[i + 1]), found);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AllAsync_MoreThanAChunk_GivesEachLineOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(ClientLines.Mixed(partner, 1003));

        var ids = await portal.CallAsync<ClientQueries, List<long>>(async q =>
        {
            var found = new List<long>();
            await foreach (var row in q.AllAsync(new ClientFilter(), new ClientSorting(ClientSort.Email, false), partner, default))
            {
                found.Add(row.Id);
            }

            return found;
        });

        Assert.Equal((1003, 1003), (ids.Count, ids.Distinct().Count()));
    }

    private static async Task<(List<long> Ids, ClientPage Last)> WalkAsync(TestPortal portal, PartnerPortal.Identity.Actor actor, ClientSorting sorting, string? at, bool forward)
    {
        var ids = new List<long>();
        while (true)
        {
            var page = await portal.PageAsync(actor, sorting: sorting, at: at, size: 7);
            var found = page.Page.Items.Select(r => r.Id).ToList();
            ids.InsertRange(forward ? ids.Count : 0, found);
            Assert.Equal(forward ? ids.Count - found.Count : page.Before, page.Before);
            at = forward ? page.Page.Next : page.Page.Previous;
            if (at is null)
            {
                return (ids, page);
            }
        }
    }

    private static List<long> Sorted(List<ClientRecord> records, ClientSorting sorting)
    {
        var comparer = Comparer<ClientRecord>.Create((a, b) =>
        {
            var (x, y) = (Key(a), Key(b));
            if (x is null || y is null)
            {
                return x is null && y is null ? ById(a, b) : x is null ? 1 : -1;
            }

            var order = x is string text ? string.CompareOrdinal(text, (string)y) : ((DateTime)x).CompareTo((DateTime)y);
            return order == 0 ? ById(a, b) : sorting.Ascending ? order : -order;
        });
        return [.. records.Order(comparer).Select(r => r.Id)];

        int ById(ClientRecord a, ClientRecord b) => sorting.Ascending ? a.Id.CompareTo(b.Id) : b.Id.CompareTo(a.Id);

        object? Key(ClientRecord r) => sorting.By switch
        {
            ClientSort.Since => r.Since,
            ClientSort.Name => r.SortName,
            ClientSort.Email => r.NormalizedEmail,
            ClientSort.Status => r.Status.ToString(),
            ClientSort.LastSeen => r.LastSeenAt,
            ClientSort.PaidUntil => r.PaidUntil,
        };
    }
}
