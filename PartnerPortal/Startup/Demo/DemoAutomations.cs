using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup.Demo;

/// <summary>Three automations with which a program can begin: a welcome with the own link, a reminder to who never signed in, a bonus for the third referral.</summary>
internal sealed class DemoAutomations(DemoWorld world, TemplateExamples examples)
{
    private const string Currency = "EUR";

    public async Task AddAsync(ProgramSettings program, CancellationToken ct)
    {
        var welcome = await AddAsync("Welcome with the referral link", new AutomationDefinition(AutomationTrigger.Registered, null, [],
            [new AutomationStep(StepKind.Mail) { TemplateId = await TemplateAsync(TemplateExample.Welcome, ct) }]), null, ct);
        await AddAsync("Reminder to clients who never signed in", new AutomationDefinition(AutomationTrigger.NoSignIn, 7, [new AutomationCondition(ConditionKind.NeverSignedIn, false)],
            [new AutomationStep(StepKind.Mail) { TemplateId = await TemplateAsync(TemplateExample.Reminder, ct) }, new AutomationStep(StepKind.Access)]), null, ct);
        await AddAsync("Bonus for the third referral", new AutomationDefinition(AutomationTrigger.Joined, null, [new AutomationCondition(ConditionKind.ClientCount, false) { Least = 3, Most = 3 }],
            [
                new AutomationStep(StepKind.Bonus) { Target = StepTarget.Partner, Amount = 25_00, Currency = Currency, Text = "Third referral" },
                new AutomationStep(StepKind.Mail) { Target = StepTarget.Partner, TemplateId = await TemplateAsync(TemplateExample.Bonus, ct) },
            ]), 500_00, ct);
        program.RegistrationAutomationId = welcome;
    }

    private async Task<long> AddAsync(string name, AutomationDefinition definition, long? budget, CancellationToken ct)
    {
        var automation = new Automation(name, world.Now);
        automation.Change(name, false, budget, budget is null ? null : Currency, world.Now);
        world.Db.Automations.Add(automation);
        world.Db.AutomationVersions.Add(automation.Define(definition, world.Now));
        automation.Resume(world.Now);
        await world.SaveAsync(ct);
        world.Tell(world.Now, Actor.System, AuditActions.AutomationSaved, ("automation", automation.Id), null, new { name, version = 1 });
        return automation.Id;
    }

    private async Task<long> TemplateAsync(TemplateExample example, CancellationToken ct)
    {
        using var spoken = Languages.Speak(Languages.Default);
        var template = new MailTemplate(TemplateTerms.Of(examples.Write(example), Languages.Default).Value, world.Now);
        world.Db.MailTemplates.Add(template);
        await world.SaveAsync(ct);
        world.Tell(world.Now, Actor.System, AuditActions.MailTemplateAdded, ("mail-template", template.Id), null, new { name = template.Name });
        return template.Id;
    }
}
