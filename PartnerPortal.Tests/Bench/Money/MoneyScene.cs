using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Servers;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>A database of its own with clients of a partner that has two sponsors above it and a plan that pays all three, and a key to tell purchases with.</summary>
internal sealed class MoneyScene : IAsyncDisposable
{
    private const int People = 1000;

    /// <summary>What levels 1 to 3 get, in hundredths of a percent.</summary>
    public static readonly int[] BasisPoints = [1000, 333, 100];

    private MoneyScene(TestPortal portal, DateTime since, IReadOnlyList<long> clients, IReadOnlyList<long> partners, long planVersionId, string key) =>
        (Portal, Since, Clients, Partners, PlanVersionId, Key) = (portal, since, clients, partners, planVersionId, key);

    public TestPortal Portal { get; }

    /// <summary>UTC, ten days ago; who brought whom and the plan count from before.</summary>
    public DateTime Since { get; }

    public IReadOnlyList<long> Clients { get; }

    /// <summary>By level.</summary>
    public IReadOnlyList<long> Partners { get; }

    public long PlanVersionId { get; }

    /// <summary>A program's, that may write purchases.</summary>
    public string Key { get; }

    public static async Task<MoneyScene> MakeAsync(DatabaseKind kind)
    {
        var portal = await TestPortal.StartAsync(kind);
        var since = DateTime.UtcNow.Date.AddDays(-10);
        portal.Clock.Advance(since.AddDays(-1) - portal.Clock.GetUtcNow().UtcDateTime);
        var world = new MoneyWorld(portal);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [.. BasisPoints.Select(LevelRate.Share)], HoldDays = 30 }));
        var (people, partners) = (await world.PartnersAsync(People), await world.PartnersAsync(BasisPoints.Length));
        for (var level = partners.Length - 2; level >= 0; level--)
        {
            await world.AttributeAsync(partners[level], partners[level + 1]);
        }

        await world.WorkAsync(async work =>
        {
            foreach (var client in await work.Db.Accounts.Where(a => people.Contains(a.Id)).ToListAsync())
            {
                var receipt = new Receipt(AttributionRule.Staff, [], Actor.System, null, null, work.Now);
                await AttributionBook.OpenAsync(work, client, partners[0], CameBy.Link, receipt, Actor.System, default);
            }
        });
        var owner = await new World(portal).OwnerAsync();
        var made = await portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(NewKey.ForPurchases("Web shop"), owner, default));
        var version = await portal.ReadAsync(db => db.PlanVersions.Select(v => v.Id).SingleAsync());
        return new MoneyScene(portal, since, people, partners, version, made.Value.Key);
    }

    /// <summary>The portal as it is served in earnest, on this database; as it was built with the benchmarks, since compiling it ahead for its start changes nothing once it is warm.</summary>
    public Task<ServerProcess> ServeAsync() => ServerProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "PartnerPortal.dll"), "Production", new Dictionary<string, string>
    {
        ["Database:Provider"] = Portal.Kind.ToString(),
        ["Database:ConnectionString"] = Portal.ConnectionString,
        ["Portal:PublicUrl"] = "https://portal.test",
        ["Mail:Transport"] = "Folder",
        ["Mail:Folder"] = Portal.MailFolder,
    });

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
