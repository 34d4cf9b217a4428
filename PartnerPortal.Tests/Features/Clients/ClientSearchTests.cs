using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ClientSearchTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_Search_FindsWhatPeopleMean(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(
            ClientLines.Typed(partner, "José Almeida", "jose@almeida-padaria.test", "+493023125417"),
            ClientLines.Typed(partner, "Łukasz Żak", "l_zak@druk.test", "+33639981207"),
            ClientLines.Typed(partner, "50% Off Ltd", "offers@off.test"),
            ClientLines.Typed(partner, "Studio 12", "hallo@studio.test"));
        await portal.AddAsync(ClientLines.Typed(await world.IntegratorAsync("Other Partner"), "José Other", "jose@other.test", "+493023125417"));

        foreach (var (search, expected) in new (string, string[])[]
        {
            ("jose", ["José Almeida"]), ("JOSÉ", ["José Almeida"]), ("almeida jose", ["José Almeida"]), ("jose zak", []), ("z", ["Łukasz Żak"]),
            ("%", ["50% Off Ltd"]), ("_", ["Łukasz Żak"]), ("\\", []), ("padaria", ["José Almeida"]), ("studio 12", ["Studio 12"]), ("12 studio", ["Studio 12"]),
            ("030 23125417", ["José Almeida"]), ("+49 30 23125-417", ["José Almeida"]), ("0049 (0)30 23125 417", ["José Almeida"]), ("(030) 231 25 417", ["José Almeida"]),
            ("+49 (0)30/23125417", ["José Almeida"]), ("4930 231", ["José Almeida"]), ("jose 030 231", ["José Almeida"]), ("06 39 98 12 07", ["Łukasz Żak"]), ("zak 030 231", []),
        })
        {
            Assert.Equal((search, string.Join(", ", expected)), (search, string.Join(", ", await portal.NamesAsync(partner, search, "DE"))));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_Filters_NarrowTogether(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var day = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var (a, b, c) = (
            ClientLines.Typed(partner, "A", "a@x.test", at: day, cameBy: CameBy.Link),
            ClientLines.Typed(partner, "B", "b@x.test", at: day.AddDays(1), cameBy: CameBy.Qr),
            ClientLines.Typed(partner, "C", "c@x.test", at: day.AddDays(2), cameBy: CameBy.Qr));
        a.AddTag("Retail");
        c.AddTag("Retail");
        c.Lapse();
        await portal.AddAsync(a, b, c);

        Assert.Equal("C, A", await FindAsync(new ClientFilter(Tag: "Retail")));
        Assert.Equal("C, B", await FindAsync(new ClientFilter(CameBy: [CameBy.Qr])));
        Assert.Equal("B, A", await FindAsync(new ClientFilter(Statuses: [ClientStatus.Invited, ClientStatus.Active])));
        Assert.Equal("B", await FindAsync(new ClientFilter(From: day.AddDays(1), Before: day.AddDays(2))));
        Assert.Equal("C", await FindAsync(new ClientFilter("c", [ClientStatus.Lapsed], [CameBy.Qr], day, null, "Retail")));
        var overview = await portal.CallAsync<ClientQueries, ClientOverview>(q => q.OverviewAsync(day, partner, default));
        Assert.Equal((3, 2, 1, day.AddDays(2), 2), (overview.All, overview.Counts[ClientStatus.Invited], overview.Counts[ClientStatus.Lapsed], overview.LatestSince!.Value, overview.Arrived));
        Assert.Equal(["Retail"], overview.Tags);

        async Task<string> FindAsync(ClientFilter filter) => string.Join(", ", (await portal.PageAsync(partner, filter)).Page.Items.Select(r => r.Name));
    }
}
