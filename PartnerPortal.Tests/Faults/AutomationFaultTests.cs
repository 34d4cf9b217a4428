using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Random automations and events, two workers at once, and a process that dies at any command of its database, just before a commit and just after one.</summary>
public sealed class AutomationFaultTests
{
    private const int Clients = 4;
    private const long Budget = 12_000;

    /// <summary><c>PORTAL_FAULT_AUTOMATIONS=20</c> for as many histories as the run before a release takes.</summary>
    private static readonly int Histories = int.Parse(Environment.GetEnvironmentVariable("PORTAL_FAULT_AUTOMATIONS") ?? "2", CultureInfo.InvariantCulture);

    private static readonly AutomationTrigger[] Triggers = [AutomationTrigger.Purchase, AutomationTrigger.FirstPurchase, AutomationTrigger.Joined, AutomationTrigger.Refund, AutomationTrigger.NoPurchase];

    [Theory, OnSqlite, OnPostgres]
    public async Task CrashesBetweenAnyTwoSteps_TwoWorkers_EachStepOnceAndMoneyWithinTheBudget(DatabaseKind kind)
    {
        var crashes = 0;
        for (var history = 0; history < Histories; history++)
        {
            crashes += await HistoryAsync(kind, 4711 + history);
        }

        // Else the test would show nothing.
        Assert.InRange(crashes, 10 * Histories, int.MaxValue);
    }

    private static async Task<int> HistoryAsync(DatabaseKind kind, int seed)
    {
        var (faults, random, crashes, bought) = (new DatabaseFaults(), new Random(seed), 0, 0);
        await using var scene = await AutomationScene.StartAsync(kind, faults: faults);
        var automations = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            automations.Add(await scene.AddAsync(Random(random, i)));
        }

        var people = new List<Actor>();
        for (var i = 0; i < Clients; i++)
        {
            people.Add(await scene.People.PersonAsync($"Client {i}"));
        }

        for (var act = 0; act < 40; act++)
        {
            faults.Never();
            var who = people[random.Next(Clients)];
            switch (random.Next(5))
            {
                case 0 when !await scene.Portal.ReadAsync(db => db.Attributions.AnyAsync(a => a.ClientId == who.AccountId)):
                    await scene.JoinAsync(who);
                    break;
                case 1 when bought > 0:
                    await scene.Money.RefundAsync(scene.Money.Refund($"{seed}-{random.Next(bought)}", $"r-{act}", 100));
                    break;
                case 2:
                    scene.Portal.Clock.Advance(TimeSpan.FromHours(random.Next(1, 40)));
                    break;
                default:
                    await scene.BuyAsync($"{seed}-{bought++}", 1000 + random.Next(9000), who.AccountId);
                    break;
            }

            faults.CrashAt(random.Next(1, 60));
            crashes += (await Task.WhenAll(WorkAsync(scene), WorkAsync(scene))).Count(died => died);
        }

        faults.Never();
        for (var i = 0; i < 6; i++)
        {
            scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
            await Task.WhenAll(WorkAsync(scene), WorkAsync(scene));
        }

        await CheckAsync(scene, automations);
        return crashes;
    }

    /// <returns>True when it died.</returns>
    private static async Task<bool> WorkAsync(AutomationScene scene)
    {
        try
        {
            await scene.StartRunsAsync();
            await scene.StartSilentAsync();
            await scene.RunAsync();
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private static async Task CheckAsync(AutomationScene scene, IReadOnlyList<long> automations)
    {
        var (runs, steps) = (await scene.RunsAsync(), await scene.StepsAsync());
        Assert.All(runs, r => Assert.True(r.State is RunState.Done or RunState.Refused or RunState.Failed, $"Run {r.Id} is {r.State} at step {r.NextStep}."));
        // Every failure is one that was meant to be.
        Assert.All(runs.Where(r => r.State is RunState.Failed), r => Assert.True(r.Problem is RunProblem.BudgetSpent or RunProblem.NoPartner or RunProblem.NotListed, r.Problem.ToString()));
        var expected = await scene.Portal.ReadAsync(db => ExpectedAsync(db, automations));
        Assert.Equal(expected, runs.Where(r => r.EventId is not null).Select(r => (r.AutomationId, r.EventId!.Value)).Order());
        foreach (var run in runs)
        {
            var done = steps.Where(s => s.RunId == run.Id && s.Outcome is (StepOutcome.Done or StepOutcome.Skipped)).Select(s => s.Position);
            Assert.Equal(Enumerable.Range(0, run.NextStep), done);
        }

        Assert.Equal(
            steps.Count(s => s.Outcome is StepOutcome.Done or StepOutcome.Skipped), await scene.Portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AutomationStep)));
        Assert.Equal(steps.Count(s => s.Kind is StepKind.Tag && s.Outcome is StepOutcome.Done), (await scene.TagsAsync()).Count);
        var credits = await scene.Portal.ReadAsync(db => db.Credits.ToListAsync());
        Assert.Equal(steps.Where(s => s.Kind is StepKind.Bonus && s.Outcome is StepOutcome.Done).Select(s => s.SubjectId).Order(), credits.Select(c => (long?)c.Id).Order());
        Assert.All(credits.GroupBy(c => c.AutomationId), g => Assert.InRange(g.Sum(c => c.Amount), 1, Budget));
        Assert.NotEmpty(credits);
        Assert.Contains(runs, r => r.Problem is RunProblem.BudgetSpent);
        Assert.Equal([], (await scene.Portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings.Select(f => f.ToString()));
    }

    /// <summary>What the log says should have begun, counted without the reader.</summary>
    private static async Task<IReadOnlyList<(long Automation, long Event)>> ExpectedAsync(PortalDbContext db, IReadOnlyList<long> automations)
    {
        var begun = new List<(long, long)>();
        var since = await db.Automations.MinAsync(a => a.ActiveSince);
        var entries = await db.AuditEntries.Where(e => e.At >= since).OrderBy(e => e.Id).Select(e => new { e.Id, e.Action, e.AccountId }).ToListAsync();
        foreach (var (id, trigger) in (await db.Automations.Where(a => automations.Contains(a.Id)).ToListAsync()).Select(a => (a.Id, a.Trigger)))
        {
            var bought = entries.Where(e => e.Action == AuditActions.PurchaseRecorded);
            begun.AddRange((trigger switch
            {
                AutomationTrigger.Purchase => bought,
                AutomationTrigger.FirstPurchase => bought.GroupBy(e => e.AccountId).Select(g => g.First()),
                AutomationTrigger.Joined => entries.Where(e => e.Action == AuditActions.AttributionOpened),
                AutomationTrigger.Refund => entries.Where(e => e.Action == AuditActions.PurchaseRefunded && e.AccountId != null),
                _ => [],
            }).Select(e => (id, e.Id)));
        }

        return [.. begun.Order()];
    }

    private static AutomationForm Random(Random random, int number)
    {
        var steps = new List<StepForm>();
        for (var i = 0; i < random.Next(2, 6); i++)
        {
            steps.Add(random.Next(4) switch
            {
                0 => AutomationScene.Wait(random.Next(1, 3)),
                1 => AutomationScene.Bonus("15"),
                _ => AutomationScene.Tag($"tag {number} {i}"),
            });
        }

        steps.Add(number == 0 ? AutomationScene.Bonus("15") : AutomationScene.Tag($"tag {number}"));
        var form = AutomationScene.Form(number == 0 ? AutomationTrigger.Purchase : Triggers[random.Next(Triggers.Length)], [.. steps]);
        (form.Budget, form.BudgetCurrency) = ("120", "EUR");
        if (AutomationTriggers.HasDays(form.Trigger))
        {
            form.Days = "2";
        }

        return form;
    }
}
