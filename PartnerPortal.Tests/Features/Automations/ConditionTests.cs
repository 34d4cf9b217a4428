using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

public sealed class ConditionTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_EachCondition_SaysWhatItFound(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var group = await scene.GroupAsync("Gold");
        await scene.MoveAsync(group);
        await scene.JoinAsync();
        var record = await scene.Portal.ReadAsync(db => db.ClientRecords.Select(r => r.Id).SingleAsync());
        Assert.Null((await scene.Portal.CallAsync<TagClient, Result<Done>>(t => t.ExecuteAsync(record, "VIP", scene.Partner, default))).Error);
        var partner = scene.Partner.AccountId!.Value.ToString(CultureInfo.InvariantCulture);
        ConditionForm[] conditions =
        [
            Of(ConditionKind.CameBy, "Joined"), Of(ConditionKind.Partner, partner), Of(ConditionKind.Group, group.ToString(CultureInfo.InvariantCulture)), Of(ConditionKind.Language, "es", "en"), Of(ConditionKind.Tag, "vip"),
            new() { Kind = ConditionKind.Amount, Least = "50", Most = "50", Currency = "EUR" }, new() { Kind = ConditionKind.ClientCount, Least = "1", Most = "1" }, new() { Kind = ConditionKind.PurchaseCount, Least = "2" },
            new() { Kind = ConditionKind.Country, IsNot = true, Values = ["DE"] },
        ];
        var form = AutomationScene.Form(AutomationTrigger.Purchase, AutomationScene.Wait(1));
        form.Conditions = [.. conditions];
        await scene.AddAsync(form);
        await scene.BuyAsync("o-1", 5000);
        await scene.BuyAsync("o-2", 5000);
        await scene.BuyAsync("o-3", 4999);

        await scene.GoAsync();

        var runs = await scene.RunsAsync();
        Assert.Equal([RunState.Refused, RunState.Done, RunState.Refused], runs.Select(r => r.State));
        Assert.Equal([ConditionKind.PurchaseCount], No(runs[0]));
        Assert.Empty(No(runs[1]));
        Assert.Equal([ConditionKind.Amount], No(runs[2]));
        var found = ConditionVerdict.Read(runs[2].Verdicts).Select(v => v.Found);
        Assert.Equal(["Joined", partner, group.ToString(CultureInfo.InvariantCulture), "en", null, "4999:EUR", "1", "3", null], found);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_ThirdClient_IsTheThirdAlone(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var form = AutomationScene.Form(AutomationTrigger.Joined, AutomationScene.Tag("third"));
        form.Conditions = [new ConditionForm { Kind = ConditionKind.ClientCount, Least = "3", Most = "3" }];
        await scene.AddAsync(form);
        var clients = new List<Actor>();
        for (var i = 0; i < 5; i++)
        {
            clients.Add(await scene.People.PersonAsync($"Client {i}"));
            await scene.JoinAsync(clients[i]);
        }

        await scene.GoAsync();

        var runs = await scene.RunsAsync();
        Assert.Equal(clients[2].AccountId, Assert.Single(runs, r => r.State is RunState.Done).ClientId);
        Assert.Equal(4, runs.Count(r => r.State is RunState.Refused));
        Assert.Equal(["third"], await scene.TagsAsync());
    }

    private static ConditionForm Of(ConditionKind kind, params string[] values) => new() { Kind = kind, Values = [.. values] };

    private static IEnumerable<ConditionKind> No(AutomationRun run) => ConditionVerdict.Read(run.Verdicts).Where(v => !v.Holds).Select(v => v.Kind);
}
