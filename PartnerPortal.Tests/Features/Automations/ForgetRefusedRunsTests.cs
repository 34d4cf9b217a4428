using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Automations;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

public sealed class ForgetRefusedRunsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_WhatHappened_IsForgottenAndBeginsNothingAgain(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(OfSpeakers("es", AutomationTrigger.Purchase));
        await scene.AddAsync(OfSpeakers("en", AutomationTrigger.Purchase));
        await scene.BuyAsync("o-1");
        await scene.StartRunsAsync();
        Assert.Equal([RunState.Refused, RunState.Running], (await scene.RunsAsync()).Select(r => r.State));
        scene.Portal.Clock.Advance(TimeSpan.FromDays(ForgetRefusedRuns.Days));
        Assert.Equal(0, await ForgetAsync(scene));

        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await ForgetAsync(scene));
        await scene.StartRunsAsync();

        Assert.Equal(RunState.Running, (await scene.OnlyRunAsync()).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SilenceThatGoesOn_StaysAndOneThatIsOverGoes(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.BuyAsync("o-1");
        await scene.AddAsync(OfSpeakers("es", AutomationTrigger.NoPurchase));
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        Assert.Equal(RunState.Refused, (await scene.OnlyRunAsync()).State);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(ForgetRefusedRuns.Days + 1));

        // Else it would be found again, and looked at again, every month.
        Assert.Equal(0, await ForgetAsync(scene));
        await scene.StartSilentAsync();
        var first = await scene.OnlyRunAsync();

        await scene.BuyAsync("o-2");
        Assert.Equal(1, await ForgetAsync(scene));
        await scene.StartSilentAsync();
        Assert.Empty(await scene.RunsAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        Assert.NotEqual(first.Since, (await scene.OnlyRunAsync()).Since);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AutomationDeleted_ForgetsItsSilencesToo(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var id = await scene.AddAsync(OfSpeakers("es", AutomationTrigger.NoPurchase));
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        var refused = (await scene.RunsAsync()).Count;
        Assert.True((await scene.Portal.CallAsync<DeleteAutomation, Result<int>>(d => d.ExecuteAsync(id, scene.Owner, default))).Ok);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(ForgetRefusedRuns.Days + 1));

        Assert.Equal(refused, await ForgetAsync(scene));
        Assert.Empty(await scene.RunsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_MoreThanABatch_ForgetsAll(DatabaseKind kind)
    {
        const int Many = 1001;
        await using var scene = await AutomationScene.StartAsync(kind);
        var id = await scene.AddAsync(OfSpeakers("es", AutomationTrigger.Purchase));
        await using (var work = await scene.Portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            work.Db.AutomationRuns.AddRange(Enumerable.Range(1, Many).Select(i => new AutomationRun(
                id, 1, AutomationTrigger.Purchase, new RunSubject(work.Now, scene.Client.AccountId, null) { EventId = 1_000_000 + i }, [new ConditionVerdict(ConditionKind.Language, false, "en")], work.Now)));
            await work.CommitAsync(default);
        }

        scene.Portal.Clock.Advance(TimeSpan.FromDays(ForgetRefusedRuns.Days + 1));

        Assert.Equal(Many, await ForgetAsync(scene));
        Assert.Empty(await scene.RunsAsync());
    }

    private static AutomationForm OfSpeakers(string language, AutomationTrigger trigger)
    {
        var form = AutomationScene.Form(trigger, AutomationScene.Wait(1));
        form.Conditions.Add(new ConditionForm { Kind = ConditionKind.Language, Values = [language] });
        return form;
    }

    private static Task<int> ForgetAsync(AutomationScene scene) => scene.Portal.CallAsync<ForgetRefusedRuns, int>(f => f.ExecuteAsync(default));
}
