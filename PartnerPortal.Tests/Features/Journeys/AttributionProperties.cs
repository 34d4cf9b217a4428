using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>
/// A dozen accounts register, confirm, join, refuse, leave, undo that, buy, are refunded, claimed, reassigned for good or with an undo, suspended, closed and recommended by others in random order: the portal and a small model must agree after
/// each step on who is whose client, and in the end on the money.
/// A failure prints the shortest steps found and a seed; <c>PORTAL_REPLAY=seed,gamma</c> runs the same again, <c>PORTAL_RUNS</c> more of them.
/// </summary>
public sealed class AttributionProperties
{
    private const int StepsPerRun = 40;

    [Theory, OnSqlite, OnPostgres]
    public async Task Steps_InAnyOrder_KeepInvariantsAndAgreeWithTheModel(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var support = await new World(portal).SupportAsync();
        var money = new MoneyWorld(portal);
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [.. EarningModel.Rates.Select(LevelRate.Share)], HoldDays = 0 }));
        var config = Config.QuickThrowOnFailure.WithMaxTest(Runs(12)).WithEndSize(StepsPerRun);
        if (Environment.GetEnvironmentVariable("PORTAL_REPLAY")?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        }

        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(AnySteps(), Shorter), steps => RunAsync(portal, support, steps).GetAwaiter().GetResult())));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Steps_AllAtOnce_KeepInvariants(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var support = await new World(portal).SupportAsync();
        var seed = Environment.GetEnvironmentVariable("PORTAL_SEED") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
        for (var round = 0; round < Runs(5); round++)
        {
            var driver = await AttributionDriver.StartAsync(portal, support);
            // The settings' one row is there before several change it.
            await driver.DoAsync(new Step(StepKind.Switching, 1, 0, 0));
            var model = new AttributionModel();
            var steps = AnySteps(80).Sample(1, new Rnd((ulong)(round + seed)), 80).Single().Where(model.CanTry).ToList();
            var wrong = new ConcurrentQueue<string>();
            await Parallel.ForEachAsync(steps, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (step, _) =>
            {
                try
                {
                    if (await driver.DoAsync(step) && step.Kind is StepKind.Join)
                    {
                        var now = await driver.LookAsync();
                        if (!now.Attributions.Any(a => a.ClientId == driver.AccountOf(step.Who) && a.PartnerId == driver.AccountOf(step.Whom)))
                        {
                            wrong.Enqueue($"{step} was said to have worked and left nothing");
                        }
                    }
                }
                catch (Exception error)
                {
                    wrong.Enqueue($"{step} threw {error}");
                }
            });

            var broken = wrong.Concat((await driver.LookAsync()).Broken()).ToList();
            Assert.True(broken.Count == 0, $"PORTAL_SEED={round + seed}\n{string.Join('\n', broken.Take(5))}\nafter {string.Join(' ', steps)}");
        }
    }

    private static int Runs(int usual) => Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private static Gen<Step[]> AnySteps(int? length = null)
    {
        var slot = Gen.Choose(0, AttributionModel.People - 1);
        // Few partners, so that their paths cross.
        var partner = Gen.Frequency((3, Gen.Choose(0, 3)), (1, slot));
        var kind = Gen.Frequency(
            (6, Gen.Constant(StepKind.Join)), (2, Gen.Constant(StepKind.Refuse)), (2, Gen.Constant(StepKind.Leave)), (2, Gen.Constant(StepKind.Reassign)),
            (1, Gen.Constant(StepKind.Suspend)), (1, Gen.Constant(StepKind.Reinstate)), (3, Gen.Constant(StepKind.Register)), (2, Gen.Constant(StepKind.Confirm)),
            (1, Gen.Constant(StepKind.Switching)), (3, Gen.Constant(StepKind.Return)));
        // Money has no place among steps that are all done at once: what is bought depends on what is in force just then. Nor have claims and moves of which a later step is about one before.
        kind = length is null ? Gen.Frequency((3, kind), (2, Gen.Frequency(
            (4, Gen.Constant(StepKind.Buy)), (1, Gen.Constant(StepKind.Refund)), (1, Gen.Constant(StepKind.Sponsor)), (2, Gen.Constant(StepKind.Move)), (1, Gen.Constant(StepKind.Close)),
            (2, Gen.Constant(StepKind.Undo)), (1, Gen.Constant(StepKind.Claim)), (1, Gen.Constant(StepKind.Answer)), (1, Gen.Constant(StepKind.Decide))))) : kind;
        var step = from k in kind from who in slot from whom in partner from also in slot select new Step(k, who, whom, also);
        return length is { } n ? step.ArrayOf(n) : step.ArrayOf();
    }

    /// <summary>Halves, quarters and so on taken away, at last single steps.</summary>
    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < steps.Length; start += size)
            {
                yield return [.. steps[..start], .. steps[Math.Min(start + size, steps.Length)..]];
            }
        }
    }

    private static async Task<bool> RunAsync(TestPortal portal, Actor support, Step[] steps)
    {
        var driver = await AttributionDriver.StartAsync(portal, support);
        var model = new AttributionModel();
        await driver.DoAsync(new Step(StepKind.Switching, 1, 0, 0));
        foreach (var step in steps.Select(model.Aim))
        {
            // What may be tried is asked again: earlier steps changed it.
            if (!model.CanTry(step))
            {
                continue;
            }

            // A change of sponsors counts some minutes later.
            portal.Clock.Advance(SponsorChange.Lead + TimeSpan.FromMinutes(1));
            var expected = model.Apply(step);
            var actual = await driver.DoAsync(step);
            var wrong = Differences(model, driver, await driver.LookAsync()).ToList();
            if (actual != expected)
            {
                wrong.Add($"it {(actual ? "worked" : "did not work")}");
            }

            Assert.True(wrong.Count == 0, $"after {step}: {string.Join("; ", wrong)}");
        }

        Assert.Equal(model.Money.Balances.Where(b => b.Value != 0).OrderBy(b => b.Key), (await driver.BalancesAsync()).Where(b => b.Value != 0).OrderBy(b => b.Key));
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);
        return true;
    }

    private static IEnumerable<string> Differences(AttributionModel model, AttributionDriver driver, AttributionInvariants now)
    {
        foreach (var broken in now.Broken())
        {
            yield return broken;
        }

        for (var slot = 0; slot < AttributionModel.People; slot++)
        {
            if (driver.AccountOf(slot) is not { } id)
            {
                continue;
            }

            var partner = now.PartnerOf(id) is { } p ? driver.SlotOf(p) : (int?)null;
            var sponsor = now.Accounts[id].Sponsor is { } s ? driver.SlotOf(s) : (int?)null;
            var shared = now.Consents.Any(c => c.ClientId == id && c is { Kind: ConsentKind.Data, WithdrawnAt: null });
            if (partner != model.Partner[slot] || sponsor != model.Sponsor[slot] || shared != model.Shared[slot])
            {
                yield return $"{slot} has partner {partner}, sponsor {sponsor}, shared {shared}; must be {model.Partner[slot]}, {model.Sponsor[slot]}, {model.Shared[slot]}";
            }
        }

        var refused = now.Refusals.Select(r => (driver.SlotOf(r.ClientId), driver.SlotOf(r.PartnerId))).ToHashSet();
        if (!refused.SetEquals(model.Refused))
        {
            yield return "other refusals are remembered than were given";
        }
    }
}
