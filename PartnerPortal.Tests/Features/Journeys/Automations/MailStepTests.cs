using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Automations;

public sealed class MailStepTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Mail_GoesToTheClientAndToThePartnerOnceEach(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var (welcome, thanks) = (await scene.TemplateAsync(TemplateExample.Welcome), await scene.TemplateAsync(TemplateExample.Bonus));
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Mail(welcome, StepTarget.Client), AutomationScene.Mail(thanks, StepTarget.Partner));
        await scene.JoinAsync();

        await scene.GoAsync();
        await scene.GoAsync();

        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        var mails = await scene.Portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.Automation).OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(["clara@client.test", "admin@rightway.test"], mails.Select(m => m.ToAddress));
        Assert.Contains(await scene.People.CodeOfAsync(scene.Client), mails[0].Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ClientClosedMeanwhile_FailsWithTheReasonAndMailsNobody(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1), AutomationScene.Mail(await scene.TemplateAsync(TemplateExample.Welcome), StepTarget.Client));
        await scene.JoinAsync();
        await scene.GoAsync();
        Assert.Null((await scene.Portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(scene.Client, default))).Error);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));

        await scene.RunAsync();

        Assert.Equal((RunState.Failed, RunProblem.NobodyToMail), ((await scene.OnlyRunAsync()).State, (await scene.OnlyRunAsync()).Problem));
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.Automation)));
    }

    [Fact]
    public async Task SaveAsync_TemplateThatIsNotThereOrAboutSomethingElse_IsRefused()
    {
        await using var scene = await AutomationScene.StartAsync();
        var partners = await scene.TemplateAsync(TemplateExample.Bonus);
        var form = AutomationScene.Form(AutomationTrigger.Joined, AutomationScene.Mail(partners, StepTarget.Client), AutomationScene.Mail(4711, StepTarget.Client), new StepForm());

        var missing = Assert.IsType<AutomationRefused>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);
        Assert.Equal([("Steps[2].TemplateId", AutomationProblem.Missing)], missing.Errors.Select(e => (e.At, e.Problem)));
        form.Steps.RemoveAt(2);
        var refused = Assert.IsType<AutomationRefused>((await scene.Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, scene.Owner, default))).Error);

        Assert.Equal([("Steps[0].TemplateId", AutomationProblem.WrongOccasion), ("Steps[1].TemplateId", AutomationProblem.Unknown)], refused.Errors.Select(e => (e.At, e.Problem)));
    }

    [Fact]
    public async Task DeleteMailTemplateAsync_OneThatAnAutomationSends_IsRefused()
    {
        await using var scene = await AutomationScene.StartAsync();
        var template = await scene.TemplateAsync(TemplateExample.Welcome);
        var id = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Mail(template, StepTarget.Client));

        Assert.Equal(["As tested"], Assert.IsType<TemplateInUse>((await scene.Portal.CallAsync<DeleteMailTemplate, Result<Done>>(d => d.ExecuteAsync(template, scene.Owner, default))).Error).By);
        Assert.Null((await scene.Portal.CallAsync<DeleteAutomation, Result<int>>(d => d.ExecuteAsync(id, scene.Owner, default))).Error);
        Assert.Null((await scene.Portal.CallAsync<DeleteMailTemplate, Result<Done>>(d => d.ExecuteAsync(template, scene.Owner, default))).Error);
    }
}
