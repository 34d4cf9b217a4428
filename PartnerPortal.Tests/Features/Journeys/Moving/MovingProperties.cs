using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys.Moving;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Moving;

/// <summary>
/// Whatever moves in, in whichever order and however often, with purchases before, between and after: the books verify clean, nobody stands above itself, nobody has two partners, and the same
/// files again change nothing. A failure prints its seed.
/// </summary>
public sealed class MovingProperties
{
    private const int Partners = 6;
    private const int Clients = 8;

    [Theory, OnSqlite, OnPostgres]
    public async Task Files_InAnyOrder_LeaveAWorldThatVerifies(DatabaseKind kind)
    {
        var runs = Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : kind is DatabaseKind.Sqlite ? 8 : 4;

        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), seed => HoldsAsync(kind, seed).GetAwaiter().GetResult())));
    }

    private static async Task<bool> HoldsAsync(DatabaseKind kind, int seed)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var run = new Run(portal, new Random(seed));
        await run.StartAsync();
        for (var step = 0; step < 12; step++)
        {
            await run.StepAsync();
        }

        await run.AllAsync();
        await run.StepAsync();
        Assert.Empty(await run.World.FindingsAsync());
        await AssertInvariantsAsync(portal);
        var before = await CountsAsync(portal);
        Assert.All(await run.AllAsync(), r => Assert.Equal((0, 0), (r.CountOf(MovingVerdict.New), r.CountOf(MovingVerdict.Linked))));
        Assert.Equal(before, await CountsAsync(portal));
        return true;
    }

    private static async Task AssertInvariantsAsync(TestPortal portal)
    {
        Assert.Empty(await portal.ReadAsync(db => db.Attributions.Where(a => a.EndedAt == null).GroupBy(a => a.ClientId).Where(g => g.Count() > 1).Select(g => g.Key).ToListAsync()));
        Assert.False(await portal.ReadAsync(db => db.Attributions.AnyAsync(a => a.Receipt == null)));
        Assert.False(await portal.ReadAsync(db => db.Consents.AnyAsync()));
        var sponsors = await portal.ReadAsync(db => db.Accounts.Where(a => a.SponsorId != null).ToDictionaryAsync(a => a.Id, a => a.SponsorId!.Value));
        foreach (var start in sponsors.Keys)
        {
            var met = new HashSet<long>();
            for (var at = start; sponsors.TryGetValue(at, out var up); at = up)
            {
                Assert.True(met.Add(at), $"{start} stands above itself");
            }
        }
    }

    private static Task<(int, int, int, int, int)> CountsAsync(TestPortal portal) => portal.ReadAsync(async db => (
        await db.Accounts.CountAsync(), await db.Attributions.CountAsync(), await db.LedgerTransactions.CountAsync(), await db.AuditEntries.CountAsync(), await db.SponsorChanges.CountAsync()));

    /// <summary>One world: files that stay the same, and what happens to them.</summary>
    private sealed class Run(TestPortal portal, Random random)
    {
        private readonly MoneyWorld _money = new(portal);
        private readonly List<string> _partners = [];
        private readonly List<string> _clients = [];
        private readonly List<string> _balances = [];
        private Actor _owner = Actor.Visitor;
        private int _bought;

        public MovingWorld World { get; } = new(portal);

        public async Task StartAsync()
        {
            _owner = await World.People.OwnerAsync();
            await _money.AssignAsync(PlanScope.Program, 0, await _money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(200)], HoldDays = random.Next(0, 30) }));
            portal.Clock.Advance(TimeSpan.FromDays(100));
            for (var i = 0; i < Partners; i++)
            {
                var sponsor = random.Next(3) == 0 ? "" : $"P-{random.Next(Partners)}";
                _partners.Add(FormattableString.Invariant($"P-{i},Partner {i},,p{i}@partner.test,,{sponsor}"));
                _balances.Add(FormattableString.Invariant($"P-{i},{random.Next(0, 500)}.25,{(random.Next(2) == 0 ? "EUR" : "USD")},{Day(random.Next(0, 90))}"));
            }

            for (var i = 0; i < Clients; i++)
            {
                // Some were here before, and one or the other partner is a client too.
                if (random.Next(3) == 0)
                {
                    await World.People.PersonAsync($"Client {i}", $"c{i}@client.test");
                }

                var of = random.Next(Partners);
                _clients.Add(random.Next(6) == 0
                    ? FormattableString.Invariant($"P-{i % Partners},Partner {i % Partners},p{i % Partners}@partner.test,P-{of},{Day(random.Next(0, 90))}")
                    : FormattableString.Invariant($"C-{i},Client {i},c{i}@client.test,P-{of},{Day(random.Next(0, 90))}"));
            }
        }

        public Task StepAsync() => random.Next(6) switch
        {
            0 => FileAsync(MovingKind.Partners),
            1 => FileAsync(MovingKind.Clients),
            2 => FileAsync(MovingKind.Balances),
            3 => _money.ReleaseAsync(),
            _ => BuyAsync(),
        };

        /// <summary>All files in the order that the page asks for.</summary>
        public async Task<IReadOnlyList<MovingReport>> AllAsync() => [await FileAsync(MovingKind.Partners), await FileAsync(MovingKind.Clients), await FileAsync(MovingKind.Balances)];

        private Task<MovingReport> FileAsync(MovingKind kind) => kind switch
        {
            MovingKind.Partners => World.MoveAsync(kind, MovingWorld.PartnersHead, _partners, _owner),
            MovingKind.Clients => World.MoveAsync(kind, MovingWorld.ClientsHead, _clients, _owner),
            MovingKind.Balances => World.MoveAsync(kind, MovingWorld.BalancesHead, _balances, _owner),
        };

        /// <summary>Somebody buys, or a purchase of some days ago is told now.</summary>
        private async Task BuyAsync()
        {
            var all = await portal.ReadAsync(db => db.Accounts.Where(a => a.Email != null && EF.Functions.Like(a.Email, "c%")).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync());
            if (all.Count > 0)
            {
                portal.Clock.Advance(TimeSpan.FromMinutes(10));
                var purchase = _money.Purchase(all[random.Next(all.Count)], FormattableString.Invariant($"b-{_bought++}"), random.Next(100, 20_000)) with { OccurredAt = portal.Clock.Now.AddDays(-random.Next(0, 95)).AddMinutes(-_bought) };
                Assert.True((await _money.BuyAsync(purchase)).Ok);
            }
        }

        private string Day(int ago) => portal.Clock.Now.AddDays(-ago).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
