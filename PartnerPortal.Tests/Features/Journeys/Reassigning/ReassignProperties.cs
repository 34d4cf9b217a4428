using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Commissions;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Reassigning;

public enum ReassignEvent
{
    Buy,
    Refund,
    Switch,
    Leave,
    Reassign,
    Undo,
    Release,
}

/// <param name="Gap">Minutes since the one before.</param>
/// <param name="Who">Index of the account; of a purchase, where one is refunded.</param>
/// <param name="Whom">Index of the other account.</param>
public sealed record ReassignStep(ReassignEvent Kind, int Gap, int Who, int Whom, long Amount, bool MovesLines)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}({Who},{Whom},{Amount},{(MovesLines ? "move" : "stay")},+{Gap}min)");
}

public sealed record ReassignScenario(PlanRules[] Plans, ReassignStep[] Steps)
{
    public override string ToString() => $"{string.Join(' ', Plans.Select(p => p.Write()))}\n{string.Join('\n', Steps.Select(s => s.ToString()))}";
}

/// <summary>
/// Random purchases, refunds, switches, reassignments that move lines or leave them, and undos. At every moment the books balance and <c>verify</c> finds nothing wrong; when all that was reassigned was
/// undone, each account has what it would have had without. <c>PORTAL_RUNS</c> runs more of them.
/// </summary>
public sealed class ReassignProperties
{
    private const int People = 8;

    private static readonly Gen<ReassignScenario> Any =
        from plans in PlanGenerator.Rules.ArrayOf(2)
        from steps in Step().ListOf()
        select new ReassignScenario(plans, [.. steps]);

    [Theory, OnSqlite, OnPostgres]
    public async Task ReassignedAndUndone_LeavesBalancesAsIfItHadNotBeen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        var staff = await world.People.SupportAsync();
        var runs = Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : kind is DatabaseKind.Sqlite ? 8 : 3;
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(10).WithEndSize(40);
        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(Any, Shorter), s => HoldsAsync(world, portal, staff, s).GetAwaiter().GetResult())));
    }

    private static async Task<bool> HoldsAsync(ReassignWorld world, TestPortal portal, Actor staff, ReassignScenario scenario)
    {
        var without = await new Run(world, portal, staff, scenario).ExecuteAsync(reassigns: false);
        var undone = await new Run(world, portal, staff, scenario).ExecuteAsync(reassigns: true);

        Assert.Equal(without.OrderBy(b => b.Key, StringComparer.Ordinal), undone.OrderBy(b => b.Key, StringComparer.Ordinal));
        return true;
    }

    private static IEnumerable<ReassignScenario> Shorter(ReassignScenario scenario)
    {
        for (var size = scenario.Steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < scenario.Steps.Length; start += size)
            {
                yield return scenario with { Steps = [.. scenario.Steps[..start], .. scenario.Steps[Math.Min(start + size, scenario.Steps.Length)..]] };
            }
        }
    }

    private static Gen<ReassignStep> Step() =>
        from kind in Gen.Frequency(
            (10, Gen.Constant(ReassignEvent.Buy)), (5, Gen.Constant(ReassignEvent.Refund)), (1, Gen.Constant(ReassignEvent.Switch)), (1, Gen.Constant(ReassignEvent.Leave)),
            (4, Gen.Constant(ReassignEvent.Reassign)), (2, Gen.Constant(ReassignEvent.Undo)), (3, Gen.Constant(ReassignEvent.Release)))
        from gap in Gen.Choose(1, 1500)
        from who in Gen.Choose(0, People - 1)
        from whom in Gen.Choose(0, People - 1)
        from amount in Gen.Choose(100, 30_000)
        from moves in Gen.Elements(true, true, false)
        select new ReassignStep(kind, gap, who, whom, amount, moves);

    /// <summary>Accounts of its own, each the client of the one before. A client that was reassigned is left to that until it is undone.</summary>
    private sealed class Run(ReassignWorld world, TestPortal portal, Actor staff, ReassignScenario scenario)
    {
        private readonly string _mark = Guid.NewGuid().ToString("N")[..8];
        private readonly List<(string Id, long Left)> _purchases = [];
        private readonly Dictionary<long, (long Client, DateTime Until)> _open = [];
        private long[] _people = [];

        public async Task<Dictionary<string, long>> ExecuteAsync(bool reassigns)
        {
            var group = await world.Money.GroupAsync();
            _people = await world.Money.PartnersAsync(People, group);
            await world.Money.AssignAsync(PlanScope.Group, group, await world.Money.PlanAsync(scenario.Plans[0]));
            await world.Money.AssignAsync(PlanScope.Partner, _people[3], await world.Money.PlanAsync(scenario.Plans[1]));
            for (var i = 1; i < People; i++)
            {
                await world.Money.AttributeAsync(_people[i], _people[i - 1]);
            }

            for (var i = 0; i < scenario.Steps.Length; i++)
            {
                portal.Clock.Advance(TimeSpan.FromMinutes(scenario.Steps[i].Gap));
                await UndoDueAsync(reassigns, TimeSpan.FromDays(2));
                await DoAsync(scenario.Steps[i], i, reassigns);
                if (i % 9 == 4)
                {
                    await LookAsync();
                }
            }

            await UndoDueAsync(reassigns, TimeSpan.FromDays(30));
            Assert.Empty(_open);
            portal.Clock.Advance(TimeSpan.FromDays(60));
            await world.Money.ReleaseAsync();
            await LookAsync();
            var balances = await world.Money.BalancesAsync(_people);
            Assert.DoesNotContain(balances.Keys, k => k.Account is LedgerAccount.Pending);
            return balances.ToDictionary(b => string.Create(CultureInfo.InvariantCulture, $"{Array.IndexOf(_people, b.Key.Owner)} {b.Key.Currency}"), b => b.Value);
        }

        private async Task LookAsync()
        {
            Assert.Empty(await BookInvariants.BrokenAsync(portal, _people));
            Assert.Empty(await world.FindingsAsync());
        }

        private Task DoAsync(ReassignStep step, int index, bool reassigns) => step.Kind switch
        {
            ReassignEvent.Buy => BuyAsync(step, index),
            ReassignEvent.Refund => RefundAsync(step, index),
            ReassignEvent.Switch => step.Who == step.Whom ? Task.CompletedTask : world.Money.AttributeAsync(_people[step.Who], _people[step.Whom]),
            ReassignEvent.Leave => world.Money.LeaveAsync(_people[step.Who]),
            ReassignEvent.Reassign => reassigns ? ReassignAsync(step) : Task.CompletedTask,
            ReassignEvent.Undo => reassigns && _open.Count > 0 ? UndoAsync(_open.Keys.ElementAt(step.Who % _open.Count)) : Task.CompletedTask,
            ReassignEvent.Release => world.Money.ReleaseAsync(),
        };

        private async Task BuyAsync(ReassignStep step, int index)
        {
            var request = world.Money.Purchase(_people[step.Who], string.Create(CultureInfo.InvariantCulture, $"{_mark}-{index:D3}"), step.Amount, PlanGenerator.Currencies[step.Whom % 5 == 4 ? 1 : 0]);
            Assert.True((await world.Money.BuyAsync(request)).Ok);
            _purchases.Add((request.ExternalId + " " + request.Currency, step.Amount));
        }

        private async Task RefundAsync(ReassignStep step, int index)
        {
            if (_purchases.Count == 0 || _purchases[step.Who % _purchases.Count] is not { Left: > 0 } purchase)
            {
                return;
            }

            var amount = Math.Min(purchase.Left, step.Amount);
            _purchases[step.Who % _purchases.Count] = (purchase.Id, purchase.Left - amount);
            var (id, currency) = (purchase.Id.Split(' ')[0], purchase.Id.Split(' ')[1]);
            Assert.True((await world.Money.RefundAsync(world.Money.Refund(id, string.Create(CultureInfo.InvariantCulture, $"r-{_mark}-{index:D3}"), amount, currency))).Ok);
        }

        /// <summary>Of the root, who never had a partner, the sponsor would change as well: that has a test of its own.</summary>
        private async Task ReassignAsync(ReassignStep step)
        {
            var client = _people[step.Who];
            if (step.Who == 0 || _open.Values.Any(o => o.Client == client))
            {
                return;
            }

            var id = await world.DraftAsync(staff, [client], _people[step.Whom], step.MovesLines ? UnpaidLines.Move : UnpaidLines.Stay);
            if ((await world.ConfirmAsync(staff, id)).Ok)
            {
                await world.RunAsync();
                _open.Add(id, (client, portal.Clock.Now.AddDays(7)));
            }
        }

        private async Task UndoDueAsync(bool reassigns, TimeSpan before)
        {
            foreach (var id in reassigns ? _open.Where(o => o.Value.Until - portal.Clock.Now < before).Select(o => o.Key).ToList() : [])
            {
                await UndoAsync(id);
            }
        }

        private async Task UndoAsync(long id)
        {
            Assert.Null(await world.UndoAsync(staff, id));
            _open.Remove(id);
        }
    }
}
