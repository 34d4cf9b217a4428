using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Automations;

public sealed class RunAutomationsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Tag_IsPutOnOnceAndSkippedAfter(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Tag("welcomed"), AutomationScene.Tag("Welcomed"));
        await scene.JoinAsync();

        await scene.GoAsync();

        Assert.Equal(["welcomed"], await scene.TagsAsync());
        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        Assert.Equal([(StepOutcome.Done, null), (StepOutcome.Skipped, (RunProblem?)RunProblem.AlreadyTagged)], (await scene.StepsAsync()).Select(s => (s.Outcome, s.Problem)));
        Assert.Equal(2, await scene.Portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AutomationStep)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Access_SendsANewLinkAndTheOldStopsWorking(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.ClientCreated, AutomationScene.Wait(1), AutomationScene.Access());
        await TriggerTests.CreateAsync(scene, "carl@client.test");
        await scene.GoAsync();
        Assert.Equal(RunState.Waiting, (await scene.OnlyRunAsync()).State);
        scene.Portal.Clock.Advance(TimeSpan.FromHours(23));
        await scene.RunAsync();
        Assert.Equal(1, (await scene.OnlyRunAsync()).NextStep);

        scene.Portal.Clock.Advance(TimeSpan.FromHours(2));
        await scene.RunAsync();
        await scene.Portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));

        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        var credentials = await scene.Portal.ReadAsync(db => db.OneTimeCredentials.OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([false, true], credentials.Select(c => c.VoidedAt is null));
        Assert.Equal(2, await scene.Portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.AccountReady)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AccessOfWhoHasSignedIn_IsSkipped(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Access(), AutomationScene.Tag("after"));
        await scene.JoinAsync();

        await scene.GoAsync();

        Assert.Equal([(StepOutcome.Skipped, (RunProblem?)RunProblem.HasSignedIn), (StepOutcome.Done, null)], (await scene.StepsAsync()).Select(s => (s.Outcome, s.Problem)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Group_MovesThePartner(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var gold = await scene.GroupAsync("Gold");
        await scene.AddAsync(AutomationTrigger.FirstPurchase, AutomationScene.Group(gold));
        await scene.JoinAsync();
        await scene.BuyAsync("o-1");

        await scene.GoAsync();

        Assert.Equal(gold, await scene.GroupOfPartnerAsync());
        Assert.Equal(gold, await scene.Portal.ReadAsync(db => db.PartnerStandings.Where(s => s.AccountId == scene.Partner.AccountId).OrderByDescending(s => s.Id).Select(s => s.GroupId).FirstAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Task_IsMadeForStaffAndForThePartner(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Todo("Call the client", StepTarget.Staff, "2"), AutomationScene.Todo("Say hello", StepTarget.Partner, ""));
        await scene.JoinAsync();

        await scene.GoAsync();

        var tasks = await scene.Portal.ReadAsync(db => db.TodoTasks.OrderBy(t => t.Id).ToListAsync());
        Assert.Equal([("Call the client", null, scene.Portal.Clock.Now.AddDays(2)), ("Say hello", scene.Partner.AccountId, (DateTime?)null)], tasks.Select(t => (t.Title, t.ForAccountId, t.DueAt)));
        Assert.All(tasks, t => Assert.Equal(scene.Client.AccountId, t.ClientId));
        Assert.Equal(tasks.Select(t => (long?)t.Id), (await scene.StepsAsync()).Select(s => s.SubjectId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_GroupsInACircle_AreStoppedWithAReason(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var (silver, gold) = (await scene.GroupAsync("Silver"), await scene.GroupAsync("Gold"));
        var up = AutomationScene.Form(AutomationTrigger.GroupChanged, AutomationScene.Group(gold));
        up.Conditions.Add(new ConditionForm { Kind = ConditionKind.Group, Values = [silver.ToString(System.Globalization.CultureInfo.InvariantCulture)] });
        var down = AutomationScene.Form(AutomationTrigger.GroupChanged, AutomationScene.Group(silver));
        down.Conditions.Add(new ConditionForm { Kind = ConditionKind.Group, Values = [gold.ToString(System.Globalization.CultureInfo.InvariantCulture)] });
        await scene.AddAsync(up);
        await scene.AddAsync(down);
        await scene.MoveAsync(silver);

        for (var i = 0; i < 10; i++)
        {
            await scene.GoAsync();
        }

        var runs = (await scene.RunsAsync()).Where(r => r.State is not RunState.Refused).ToList();
        Assert.Equal([RunState.Done, RunState.Done, RunState.Stopped], runs.Select(r => r.State));
        Assert.Equal((RunProblem.Loop, runs[1].Id, 2), (runs[2].Problem, runs[2].ParentRunId, runs[2].Depth));
        Assert.Equal(silver, await scene.GroupOfPartnerAsync());

        // What staff does later is no part of that chain.
        await scene.MoveAsync(null);
        await scene.MoveAsync(silver);
        await scene.GoAsync();
        Assert.Equal(gold, await scene.GroupOfPartnerAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_LongChain_EndsAtTheLimit(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var groups = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            groups.Add(await scene.GroupAsync($"Group {i}"));
        }

        for (var i = 0; i < 7; i++)
        {
            var form = AutomationScene.Form(AutomationTrigger.GroupChanged, AutomationScene.Group(groups[i + 1]));
            form.Conditions.Add(new ConditionForm { Kind = ConditionKind.Group, Values = [groups[i].ToString(System.Globalization.CultureInfo.InvariantCulture)] });
            await scene.AddAsync(form);
        }

        await scene.MoveAsync(groups[0]);
        for (var i = 0; i < 10; i++)
        {
            await scene.GoAsync();
        }

        Assert.Equal(RunProblem.TooDeep, Assert.Single(await scene.RunsAsync(), r => r.State is RunState.Stopped).Problem);
        Assert.Equal(groups[AutomationRun.MostDepth + 1], await scene.GroupOfPartnerAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Webhook_IsDeliveredSignedAndInOrder(DatabaseKind kind)
    {
        await using var server = await WebhookTestServer.StartAsync();
        await using var scene = await AutomationScene.StartAsync(kind, server.Settings);
        var endpoint = (await scene.Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(new EndpointForm(new Uri(server.Address, "/hook").AbsoluteUri, "", ["payout.paid"]), true, scene.Owner, default))).Value;
        await scene.AddAsync(AutomationTrigger.FirstPurchase, AutomationScene.Call(endpoint.Id), AutomationScene.Call(endpoint.Id));
        await scene.JoinAsync();
        await scene.BuyAsync("o-1", 5000);

        await scene.GoAsync();
        await scene.Portal.CallAsync<WebhookDispatcher, int>(d => d.ExecuteAsync(default));
        await scene.Portal.CallAsync<WebhookDispatcher, int>(d => d.ExecuteAsync(default));

        var told = server.Received.ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, t => Assert.Contains("\"trigger\":\"first_purchase\"", t.Body, StringComparison.Ordinal));
        Assert.All(told, t => Assert.Contains("\"type\":\"automation.called\"", t.Body, StringComparison.Ordinal));
        Assert.Contains("clara@client.test", told[0].Body, StringComparison.Ordinal);
        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        Assert.DoesNotContain("clara", await scene.Portal.ReadAsync(db => db.WebhookDeliveries.Select(d => d.Facts).FirstAsync()), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_FailedStep_StopsAndGoesOnFromThereOnceRetried(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Tag("first"), AutomationScene.Tag("second"), AutomationScene.Tag("third"));
        await scene.JoinAsync();
        var record = await scene.Portal.ReadAsync(db => db.ClientRecords.Select(r => r.Id).SingleAsync());
        for (var i = 0; i < TagClient.MaxTags - 1; i++)
        {
            var tag = $"own {i}";
            Assert.Null((await scene.Portal.CallAsync<TagClient, Result<Done>>(t => t.ExecuteAsync(record, tag, scene.Partner, default))).Error);
        }

        await scene.GoAsync();
        await scene.GoAsync();
        var failed = await scene.OnlyRunAsync();
        Assert.Equal((RunState.Failed, RunProblem.TooManyTags, 1), (failed.State, failed.Problem, failed.NextStep));
        Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<RetryRun, Result<Done>>(r => r.ExecuteAsync(failed.Id, scene.Partner, default))).Error);

        for (var i = 0; i < 3; i++)
        {
            var tag = $"own {i}";
            await scene.Portal.CallAsync<UntagClient, Result<Done>>(t => t.ExecuteAsync(record, tag, scene.Partner, default));
        }

        Assert.Null((await scene.Portal.CallAsync<RetryRun, Result<Done>>(r => r.ExecuteAsync(failed.Id, scene.Owner, default))).Error);
        Assert.IsType<NotFailed>((await scene.Portal.CallAsync<RetryRun, Result<Done>>(r => r.ExecuteAsync(failed.Id, scene.Owner, default))).Error);
        await scene.RunAsync();

        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        Assert.Equal([(0, StepOutcome.Done), (1, StepOutcome.Failed), (1, StepOutcome.Done), (2, StepOutcome.Done)], (await scene.StepsAsync()).Select(s => (s.Position, s.Outcome)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_PausedWhileItWaits_IsKeptAndGoesOn(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var id = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1), AutomationScene.Tag("late"));
        await scene.JoinAsync();
        await scene.GoAsync();
        await scene.PauseAsync(id);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(0, await scene.RunAsync());
        Assert.Equal(RunState.Waiting, (await scene.OnlyRunAsync()).State);
        Assert.Empty(await scene.TagsAsync());

        await scene.ResumeAsync(id);
        await scene.RunAsync();
        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        Assert.Equal(["late"], await scene.TagsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ChangedOrDeletedMeanwhile_GoesOnAsItBeganOrIsCancelled(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var id = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1), AutomationScene.Tag("as it was"), AutomationScene.Wait(1), AutomationScene.Tag("never"));
        await scene.JoinAsync();
        await scene.GoAsync();
        var form = (await scene.Portal.CallAsync<AutomationQueries, AutomationForm?>(q => q.FormAsync(id, scene.Owner, default)))!;
        form.Steps = [AutomationScene.Tag("as it is")];
        await scene.SaveAsync(form);
        Assert.IsType<AutomationChangedMeanwhile>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        await scene.RunAsync();
        Assert.Equal(["as it was"], await scene.TagsAsync());

        var deleted = await scene.Portal.CallAsync<DeleteAutomation, Result<int>>(d => d.ExecuteAsync(id, scene.Owner, default));
        scene.Portal.Clock.Advance(TimeSpan.FromDays(2));
        await scene.RunAsync();

        Assert.Equal(1, deleted.Value);
        Assert.Equal((RunState.Cancelled, 1), ((await scene.OnlyRunAsync()).State, (await scene.OnlyRunAsync()).Version));
        Assert.Equal(["as it was"], await scene.TagsAsync());
        Assert.Empty(await scene.Portal.CallAsync<AutomationQueries, IReadOnlyList<AutomationRow>>(q => q.ListAsync(scene.Owner, default)));
        Assert.Single((await scene.Portal.CallAsync<AutomationRunQueries, RunPage>(q => q.ListAsync(new RunFilter(id), null, scene.Owner, default))).Rows);
        Assert.Empty((await scene.Portal.CallAsync<AutomationRunQueries, RunPage>(q => q.ListAsync(new RunFilter(id), null, scene.Partner, default))).Rows);
    }
}
