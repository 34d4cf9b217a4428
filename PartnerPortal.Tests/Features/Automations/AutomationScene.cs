using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Automations;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

/// <summary>A portal with an owner, a partner and a client, in which automations run when a test says so.</summary>
public sealed class AutomationScene : IAsyncDisposable
{
    private AutomationScene(TestPortal portal) => Portal = portal;

    public TestPortal Portal { get; }

    public Actor Owner { get; private set; } = Actor.Visitor;

    public Actor Partner { get; private set; } = Actor.Visitor;

    public Actor Client { get; private set; } = Actor.Visitor;

    public World People => new(Portal);

    public MoneyWorld Money => new(Portal);

    public AccessWorld Consents => new(Portal);

    public static async Task<AutomationScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, Dictionary<string, string>? settings = null, DatabaseFaults? faults = null)
    {
        var scene = new AutomationScene(await TestPortal.StartAsync(kind, settings: settings, faults: faults));
        scene.Owner = await scene.People.OwnerAsync();
        scene.Partner = await scene.People.IntegratorAsync("Rightway", "admin@rightway.test");
        scene.Client = await scene.People.PersonAsync("Clara Zwitscher", "clara@client.test");
        // Reading begins now.
        await scene.StartRunsAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        return scene;
    }

    /// <summary>Saves an automation and starts it.</summary>
    public async Task<long> AddAsync(AutomationForm form)
    {
        var id = await SaveAsync(form);
        await ResumeAsync(id);
        return id;
    }

    public Task<long> AddAsync(AutomationTrigger trigger, params StepForm[] steps) => AddAsync(Form(trigger, steps));

    public static AutomationForm Form(AutomationTrigger trigger, params StepForm[] steps) => new() { Name = "As tested", Trigger = trigger, Steps = [.. steps], Days = AutomationTriggers.HasDays(trigger) ? "7" : "" };

    public static StepForm Tag(string tag) => new() { Kind = StepKind.Tag, Text = tag };

    public static StepForm Wait(int days) => new() { Kind = StepKind.Wait, Days = days.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    public static StepForm Group(long group) => new() { Kind = StepKind.Group, GroupId = group };

    public static StepForm Bonus(string amount) => new() { Kind = StepKind.Bonus, Target = StepTarget.Partner, Amount = amount, Text = "as tested" };

    public static AutomationForm Bonus(AutomationTrigger trigger, string amount, string budget)
    {
        var form = Form(trigger, Bonus(amount));
        (form.Budget, form.BudgetCurrency) = (budget, "EUR");
        return form;
    }

    public static StepForm Todo(string title, StepTarget target, string days) => new() { Kind = StepKind.Task, Target = target, Text = title, Days = days };

    public static StepForm Mail(long template, StepTarget target) => new() { Kind = StepKind.Mail, Target = target, TemplateId = template };

    public async Task<long> TemplateAsync(TemplateExample example)
    {
        var form = await Portal.CallAsync<TemplateExamples, TemplateForm>(e => Task.FromResult(e.Write(example)));
        var made = await Portal.CallAsync<AddMailTemplate, Result<long>>(a => a.ExecuteAsync(form, Owner, default));
        Assert.Null(made.Error);
        return made.Value;
    }

    public static StepForm Access() => new() { Kind = StepKind.Access };

    public static StepForm Call(long endpoint) => new() { Kind = StepKind.Webhook, EndpointId = endpoint };

    public async Task<long> SaveAsync(AutomationForm form)
    {
        var saved = await Portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(form, Owner, default));
        Assert.Null(saved.Error);
        return saved.Value;
    }

    public async Task ResumeAsync(long id) => Assert.Null((await Portal.CallAsync<ResumeAutomation, Result<Done>>(r => r.ExecuteAsync(id, Owner, default))).Error);

    public async Task PauseAsync(long id) => Assert.Null((await Portal.CallAsync<PauseAutomation, Result<Done>>(r => r.ExecuteAsync(id, Owner, default))).Error);

    public Task<int> StartRunsAsync() => Portal.CallAsync<StartRuns, int>(s => s.ExecuteAsync(default));

    public Task<int> StartSilentAsync() => Portal.CallAsync<StartSilentRuns, int>(s => s.ExecuteAsync(default));

    public Task<int> RunAsync() => Portal.CallAsync<RunAutomations, int>(r => r.ExecuteAsync(default));

    /// <summary>What happened begins, and what began is done, as far as it does not wait.</summary>
    public async Task GoAsync()
    {
        await StartRunsAsync();
        await RunAsync();
    }

    public async Task JoinAsync(Actor? client = null)
    {
        await Consents.JoinAsync(Partner, client ?? Client);
        Portal.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public async Task BuyAsync(string id, long amount = 5000, long? client = null) =>
        Assert.True((await Money.BuyAsync(Money.Purchase(client ?? Client.AccountId!.Value, id, amount))).Ok);

    public async Task<long> GroupAsync(string name) =>
        (await Portal.CallAsync<CreatePartnerGroup, Result<long>>(c => c.ExecuteAsync(name, Owner, default))).Value;

    /// <summary>Staff puts the partner into a group.</summary>
    public async Task MoveAsync(long? group) =>
        Assert.Null((await Portal.CallAsync<ChangePartnerTerms, Result<Done>>(c => c.ExecuteAsync(Partner.AccountId!.Value, new PartnerTerms("", group), Owner, default))).Error);

    public Task<List<AutomationRun>> RunsAsync() => Portal.ReadAsync(db => db.AutomationRuns.OrderBy(r => r.Id).ToListAsync());

    public async Task<AutomationRun> OnlyRunAsync() => Assert.Single(await RunsAsync());

    public Task<List<AutomationRunStep>> StepsAsync() => Portal.ReadAsync(db => db.AutomationRunSteps.OrderBy(s => s.Id).ToListAsync());

    public Task<List<string>> TagsAsync() => Portal.ReadAsync(db => db.ClientTags.OrderBy(t => t.Id).Select(t => t.Name).ToListAsync());

    public Task<long?> GroupOfPartnerAsync() => Portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == Partner.AccountId).Select(p => p.GroupId).SingleAsync());

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
