using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Journeys.Automations;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Automations;

public sealed class DryRunTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_LastDays_ShowsWhomMailsAndMoneyAndWritesNothing(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.JoinAsync();
        await scene.BuyAsync("long-ago", 9000);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(40));
        await scene.BuyAsync("small", 1000);
        await scene.BuyAsync("large", 9000);
        await scene.BuyAsync("larger", 9500);
        var form = AutomationScene.Bonus(AutomationTrigger.Purchase, "25", "40");
        form.Steps.Insert(0, AutomationScene.Mail(await scene.TemplateAsync(TemplateExample.Welcome), StepTarget.Client));
        form.Conditions = [new ConditionForm { Kind = ConditionKind.Amount, Least = "50", Currency = "EUR" }];
        var before = await DumpAsync(scene);

        var report = (await DryAsync(scene, form, null)).Value;

        Assert.Equal((3, 2, true, false), (report.Looked, report.Reached, report.OverBudget, report.IsCut));
        Assert.Equal(new DryRunMoney("EUR", 5000, 2), Assert.Single(report.Money));
        Assert.Equal(["9500:EUR", "9000:EUR", "1000:EUR"], report.Lines.Select(l => l.Verdicts[0].Found));
        Assert.Equal([1, 1, 0], report.Lines.Select(l => l.Mails.Count));
        Assert.All(report.Lines, l => Assert.Equal(("Clara Zwitscher", "Rightway"), (l.ClientName, l.PartnerName)));
        Assert.Equal("clara@client.test", report.Lines[0].Mails[0].To.Address);
        Assert.Equal(before, await DumpAsync(scene));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ChosenClientOrSilence_SaysWhatWouldBe(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.JoinAsync();
        var other = await scene.People.PersonAsync("Otto Other");
        var form = AutomationScene.Form(AutomationTrigger.Refund, AutomationScene.Wait(1));
        Assert.Empty((await DryAsync(scene, form, other.AccountId)).Value.Lines);

        form.Trigger = AutomationTrigger.Joined;
        form.Conditions = [new ConditionForm { Kind = ConditionKind.Language, Values = ["es"] }];
        var supposed = Assert.Single((await DryAsync(scene, form, other.AccountId)).Value.Lines);
        Assert.Equal((true, false, "en"), (supposed.IsSupposed, supposed.IsReached, supposed.Verdicts[0].Found));
        Assert.False(Assert.Single((await DryAsync(scene, form, scene.Client.AccountId)).Value.Lines).IsSupposed);

        scene.Portal.Clock.Advance(TimeSpan.FromDays(10));
        var silent = AutomationScene.Form(AutomationTrigger.NoSignIn, AutomationScene.Wait(1));
        Assert.Equal([scene.Client.AccountId, other.AccountId], (await DryAsync(scene, silent, null)).Value.Lines.Select(l => l.ClientId).Order());
        Assert.Equal(0, await scene.StartSilentAsync());
    }

    [Fact]
    public async Task ExecuteAsync_WhoIsNoOwner_IsRefused()
    {
        await using var scene = await AutomationScene.StartAsync();
        var form = AutomationScene.Form(AutomationTrigger.Joined, AutomationScene.Wait(1));

        Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<DryRun, Result<DryRunReport>>(d => d.ExecuteAsync(form, null, scene.Partner, default))).Error);
    }

    private static Task<Result<DryRunReport>> DryAsync(AutomationScene scene, AutomationForm form, long? account) =>
        scene.Portal.CallAsync<DryRun, Result<DryRunReport>>(d => d.ExecuteAsync(form, account, scene.Owner, default));

    /// <summary>Every row of every table.</summary>
    private static Task<string> DumpAsync(AutomationScene scene) => scene.Portal.ReadAsync(async db =>
    {
        var lines = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of the model's tables.
            command.CommandText = "SELECT * FROM \"" + table + "\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            var found = new List<string>();
            while (await rows.ReadAsync())
            {
                found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture))));
            }

            lines.Add(table);
            lines.AddRange(found.Order(StringComparer.Ordinal));
        }

        return string.Join('\n', lines);
    });
}
