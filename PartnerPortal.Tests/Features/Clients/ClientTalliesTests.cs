using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>What the database keeps beside the lines must at all times say what the lines say.</summary>
public sealed class ClientTalliesTests
{
    private static readonly string[] Tags = ["vip", "Nord", "fair 2026", "a"];

    [Theory, OnSqlite, OnPostgres]
    public async Task Tallies_RandomChanges_SayWhatTheLinesSay(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        Actor[] partners = [await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Other Partner")];
        var random = new Random(20261125);
        for (var step = 0; step < 40; step++)
        {
            await ChangeAsync(portal, db => Change(db, partners[random.Next(2)], random, step));
        }

        await ChangeAsync(portal, async db => await db.ClientRecords.Where(r => r.Status == ClientStatus.Lapsed).ExecuteDeleteAsync());
        await ChangeAsync(portal, async db => await db.ClientRecords.Where(r => r.Id % 3 == 0).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, ClientStatus.Left)));

        var (lines, tallies) = await portal.ReadAsync(async db => (
            await db.ClientRecords.GroupBy(r => new { r.PartnerId, r.Status }).Select(g => new { g.Key.PartnerId, g.Key.Status, Count = g.Count() }).ToListAsync(),
            await db.ClientTallies.GroupBy(t => new { t.PartnerId, t.Status }).Select(g => new { g.Key.PartnerId, g.Key.Status, Count = g.Sum(t => t.Count) }).ToListAsync()));
        Assert.NotEmpty(lines);
        Assert.Equal(lines.OrderBy(l => (l.PartnerId, l.Status)), tallies.Where(t => t.Count != 0).OrderBy(t => (t.PartnerId, t.Status)));
        var (tags, tagTallies) = await portal.ReadAsync(async db => (
            await (from t in db.ClientTags join r in db.ClientRecords on t.RecordId equals r.Id group t by new { r.PartnerId, t.Name } into g select new { g.Key.PartnerId, g.Key.Name, Count = g.Count() }).ToListAsync(),
            await db.ClientTagTallies.GroupBy(t => new { t.PartnerId, t.Name }).Select(g => new { g.Key.PartnerId, g.Key.Name, Count = g.Sum(t => t.Count) }).ToListAsync()));
        Assert.NotEmpty(tags);
        Assert.Equal(tags.OrderBy(t => (t.PartnerId, t.Name)), tagTallies.Where(t => t.Count != 0).OrderBy(t => (t.PartnerId, t.Name)));
    }

    [Theory, OnSqlite]
    public async Task SearchIndex_RandomChanges_AgreesWithTheLines(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var random = new Random(7);
        for (var step = 0; step < 40; step++)
        {
            await ChangeAsync(portal, db => Change(db, partner, random, step));
        }

        await ChangeAsync(portal, async db => await db.ClientRecords.Where(r => r.Id % 4 == 0).ExecuteDeleteAsync());

        // FTS5's own check compares the index with the content table, and fails the statement when they differ.
        await portal.ReadAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO \"ClientSearch\" (\"ClientSearch\", rank) VALUES ('integrity-check', 1)"));
    }

    [Theory, OnPostgres]
    public async Task Tallies_TransactionsThatMoveLinesBothWays_DoNotWaitForEachOther(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        Actor[] partners = [await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Other Partner")];
        await portal.AddAsync([.. ClientLines.Mixed(partners[0], 20), .. ClientLines.Mixed(partners[1], 20)]);
        var db = portal.Services.GetRequiredService<PortalDb>();

        await using (var one = await db.BeginAsync())
        await using (var other = await db.BeginAsync())
        {
            // Each takes what the other would need next, were there one row for both.
            await AddAsync(one, partners[0]);
            await AddAsync(other, partners[1]);
            await AddAsync(one, partners[1]);
            await AddAsync(other, partners[0]);
            await one.CommitAsync(default);
            await other.CommitAsync(default);
        }

        Assert.Equal(44, await portal.ReadAsync(d => d.ClientTallies.SumAsync(t => t.Count)));

        static async Task AddAsync(PortalTransaction work, Actor partner)
        {
            work.Db.ClientRecords.Add(ClientLines.Typed(partner, "New Client", null));
            work.Audit(Actor.System, AuditActions.DemoSeeded, ("test", null));
            await work.SaveAsync(default);
        }
    }

    private static async Task Change(PortalDbContext db, Actor partner, Random random, int step)
    {
        db.ClientRecords.AddRange(ClientLines.Mixed(partner, random.Next(4)).Select(line =>
        {
            _ = random.Next(2) == 0 && line.AddTag(Tags[random.Next(Tags.Length)]);
            return line;
        }).Where(line => line.TypedEmail is null || step == 0));
        var lines = await db.ClientRecords.Include(r => r.Tags).Where(r => r.PartnerId == partner.AccountId).OrderBy(r => r.Id).ToListAsync();
        foreach (var line in lines.Where(_ => random.Next(6) == 0))
        {
            switch (random.Next(5))
            {
                case 0:
                    line.AddTag(Tags[random.Next(Tags.Length)]);
                    break;
                case 1 when line.Tags.Count > 0:
                    line.RemoveTag(line.Tags[0].Name);
                    break;
                case 2:
                    db.ClientRecords.Remove(line);
                    break;
                case 3:
                    line.Leave("Somebody Else");
                    break;
                default:
                    line.Share("Renamed Person", null, "+493012345678", "en", null);
                    break;
            }
        }
    }

    private static async Task ChangeAsync(TestPortal portal, Func<PortalDbContext, Task> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        await change(work.Db);
        work.Audit(Actor.System, AuditActions.DemoSeeded, ("test", null));
        await work.CommitAsync(default);
    }
}
