using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

public sealed class SaveAutomationTests
{
    [Fact]
    public async Task ExecuteAsync_WhoIsNoOwner_IsRefusedEverything()
    {
        await using var scene = await AutomationScene.StartAsync();
        var id = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1));
        var support = await scene.People.SupportAsync();
        foreach (var other in new[] { support, scene.Partner, scene.Client, Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(AutomationScene.Form(AutomationTrigger.Joined, AutomationScene.Wait(1)), other, default))).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<PauseAutomation, Result<Done>>(s => s.ExecuteAsync(id, other, default))).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<ResumeAutomation, Result<Done>>(s => s.ExecuteAsync(id, other, default))).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<DeleteAutomation, Result<int>>(s => s.ExecuteAsync(id, other, default))).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<ChooseRegistrationAutomation, Result<Done>>(s => s.ExecuteAsync(null, other, default))).Error);
            Assert.Empty(await scene.Portal.CallAsync<AutomationQueries, IReadOnlyList<AutomationRow>>(q => q.ListAsync(other, default)));
            Assert.Null(await scene.Portal.CallAsync<AutomationQueries, AutomationForm?>(q => q.FormAsync(id, other, default)));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_WrongForm_SaysEachFieldAndSavesNothing(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var form = new AutomationForm
        {
            Name = " ",
            Trigger = AutomationTrigger.NoSignIn,
            Days = "0",
            Conditions = [new() { Kind = ConditionKind.Amount, Least = "10", Currency = "EUR" }, new() { Kind = ConditionKind.Language, Values = ["tlh"] }, new() { Kind = ConditionKind.PurchaseCount, Least = "5", Most = "2" }],
            Steps = [AutomationScene.Tag(new string('x', 41)), new() { Kind = StepKind.Group }, new() { Kind = StepKind.InviteAgain }],
        };

        var refused = Assert.IsType<AutomationRefused>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);

        Assert.Equal(
            [
                ("Name", AutomationProblem.Missing), ("Days", AutomationProblem.OutOfRange), ("Conditions[0]", AutomationProblem.NotForTrigger), ("Conditions[1].Values", AutomationProblem.Unknown),
                ("Conditions[2].Most", AutomationProblem.LeastAboveMost), ("Steps[0].Text", AutomationProblem.TooLong), ("Steps[1].GroupId", AutomationProblem.Missing), ("Steps[2]", AutomationProblem.NotForTrigger),
            ],
            refused.Errors.Select(e => (e.At, e.Problem)));
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.Automations.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ThingsThatAreNotThere_AreRefused(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var form = AutomationScene.Form(AutomationTrigger.Joined, AutomationScene.Group(4711), new StepForm { Kind = StepKind.Webhook, EndpointId = 4711 });
        form.Conditions = [new() { Kind = ConditionKind.Partner, Values = ["4711"] }];

        var refused = Assert.IsType<AutomationRefused>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);

        Assert.Equal(["Conditions[0].Values", "Steps[0].GroupId", "Steps[1].EndpointId"], refused.Errors.Where(e => e.Problem is AutomationProblem.Unknown).Select(e => e.At));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_OpenedAndSavedUnchanged_StaysTheSameVersion(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var form = AutomationScene.Form(AutomationTrigger.Purchase, AutomationScene.Tag("big"), AutomationScene.Wait(3));
        form.Conditions = [new() { Kind = ConditionKind.Amount, Least = "49.99", Currency = "EUR" }, new() { Kind = ConditionKind.Tag, IsNot = true, Values = ["big"] }];
        var id = await scene.SaveAsync(form);
        var opened = (await scene.Portal.CallAsync<AutomationQueries, AutomationForm?>(q => q.FormAsync(id, scene.Owner, default)))!;
        Assert.Equal((1, "49.99", "EUR"), (opened.Version, opened.Conditions[0].Least, opened.Conditions[0].Currency));

        opened.Name = "Renamed";
        await scene.SaveAsync(opened);
        opened.Steps.RemoveAt(1);
        await scene.SaveAsync(opened);

        var row = Assert.Single(await scene.Portal.CallAsync<AutomationQueries, IReadOnlyList<AutomationRow>>(q => q.ListAsync(scene.Owner, default)));
        Assert.Equal(("Renamed", 2, AutomationState.Paused), (row.Name, row.Version, row.State));
        Assert.Equal(3, await scene.Portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AutomationSaved)));
    }

    [Fact]
    public async Task DeleteAsync_TheChosenOne_LeavesNoneChosen()
    {
        await using var scene = await AutomationScene.StartAsync();
        var id = await scene.AddAsync(AutomationTrigger.Registered, AutomationScene.Wait(1));
        var other = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1));
        Assert.IsType<NoSuchAutomation>((await scene.Portal.CallAsync<ChooseRegistrationAutomation, Result<Done>>(c => c.ExecuteAsync(other, scene.Owner, default))).Error);
        Assert.Null((await scene.Portal.CallAsync<ChooseRegistrationAutomation, Result<Done>>(c => c.ExecuteAsync(id, scene.Owner, default))).Error);

        Assert.Null((await scene.Portal.CallAsync<DeleteAutomation, Result<int>>(d => d.ExecuteAsync(id, scene.Owner, default))).Error);

        Assert.Null(await scene.Portal.CallAsync<AutomationQueries, long?>(q => q.AfterRegistrationAsync(scene.Owner, default)));
    }
}
