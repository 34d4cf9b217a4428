using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Automations;

public sealed class BonusStepTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ThirdReferral_PaysThePartnerOnce(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var form = AutomationScene.Bonus(AutomationTrigger.Joined, "25.00", "100");
        form.Conditions = [new ConditionForm { Kind = ConditionKind.ClientCount, Least = "3", Most = "3" }];
        var id = await scene.AddAsync(form);
        for (var i = 0; i < 4; i++)
        {
            await scene.JoinAsync(await scene.People.PersonAsync($"Client {i}"));
        }

        await scene.GoAsync();
        await scene.GoAsync();

        var credit = await scene.Portal.ReadAsync(db => db.Credits.SingleAsync());
        Assert.Equal((scene.Partner.AccountId!.Value, 2500L, "EUR", "as tested", (long?)id), (credit.AccountId, credit.Amount, credit.Currency, credit.Reason, credit.AutomationId));
        Assert.Equal(credit.Id, (await scene.StepsAsync()).Single().SubjectId);
        var balances = await scene.Portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(scene.Partner, default));
        Assert.Equal(2500, balances.Single().Available);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TwoWorkersAndASmallBudget_NeverExceedIt(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var id = await scene.AddAsync(AutomationScene.Bonus(AutomationTrigger.Purchase, "30", "100"));
        await scene.JoinAsync();
        for (var i = 0; i < 6; i++)
        {
            await scene.BuyAsync($"o-{i}");
        }

        await scene.StartRunsAsync();
        await Task.WhenAll(scene.RunAsync(), scene.RunAsync(), scene.RunAsync());

        var runs = await scene.RunsAsync();
        Assert.Equal((3, 3), (runs.Count(r => r.State is RunState.Done), runs.Count(r => r.Problem is RunProblem.BudgetSpent)));
        Assert.Equal(9000, await scene.Portal.ReadAsync(db => db.Credits.SumAsync(c => c.Amount)));

        // A larger budget lets what failed go on.
        var opened = (await scene.Portal.CallAsync<AutomationQueries, AutomationForm?>(q => q.FormAsync(id, scene.Owner, default)))!;
        opened.Budget = "120";
        await scene.SaveAsync(opened);
        Assert.Equal(1, (await scene.Portal.CallAsync<AutomationQueries, AutomationRow?>(q => q.FindAsync(id, scene.Owner, default)))!.Version);
        var failed = runs.First(r => r.State is RunState.Failed);
        Assert.Null((await scene.Portal.CallAsync<RetryRun, Result<Done>>(r => r.ExecuteAsync(failed.Id, scene.Owner, default))).Error);
        await scene.RunAsync();
        Assert.Equal(12000, await scene.Portal.ReadAsync(db => db.Credits.SumAsync(c => c.Amount)));
    }

    [Fact]
    public async Task SaveAsync_BonusWithoutBudgetOrForAPartnersTriggerToAClient_IsRefused()
    {
        await using var scene = await AutomationScene.StartAsync();
        var form = AutomationScene.Bonus(AutomationTrigger.PartnerApproved, "0", "");
        form.Steps[0].Target = StepTarget.Client;
        form.Steps[0].Text = "";

        var refused = Assert.IsType<AutomationRefused>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);

        Assert.Equal(
            [("Budget", AutomationProblem.Missing), ("Steps[0].Target", AutomationProblem.NotForTrigger), ("Steps[0].Amount", AutomationProblem.NotASum), ("Steps[0].Text", AutomationProblem.Missing)],
            refused.Errors.Select(e => (e.At, e.Problem)));
    }
}
