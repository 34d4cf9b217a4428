using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Automations;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Two partners, six automations that do everything a step can do for a client who is there, and a program whose system tells of clients who register, buy and give back.</summary>
internal sealed class AutomationKillScene : IAsyncDisposable
{
    /// <summary>Minor units; a purchase below it is refused by its automation's condition.</summary>
    public const long Large = 5000;

    private const int Bonus = 1500;
    private readonly AutomationScene _scene;
    private readonly int _clients;
    private string[] _codes = [];
    private string _key = "";

    private AutomationKillScene(AutomationScene scene, int clients) => (_scene, _clients) = (scene, clients);

    public TestPortal Portal => _scene.Portal;

    /// <summary>So many steps are done at least, whatever the budget refuses: four for a registration, three for a join and one for a first purchase.</summary>
    public int LeastSteps => _clients * 8;

    /// <summary>Minor units; holds the bonuses of two thirds of the clients.</summary>
    public long Budget => _clients * 2 / 3 * Bonus;

    public IReadOnlyList<long> Automations { get; private set; } = [];

    public static async Task<AutomationKillScene> StartAsync(DatabaseKind kind, WebhookTestServer server, int clients)
    {
        var scene = new AutomationKillScene(await AutomationScene.StartAsync(kind), clients);
        var world = scene._scene;
        await world.Money.AssignAsync(PlanScope.Program, 0, await world.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 30 }));
        var other = await world.People.IntegratorAsync("Otherway", "admin@otherway.test");
        scene._codes = [await world.People.CodeOfAsync(world.Partner), await world.People.CodeOfAsync(other)];
        // The process has the real clock.
        scene.Portal.Clock.Advance(DateTime.UtcNow - scene.Portal.Clock.Now);
        scene._key = (await scene.Portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(new NewKey(KeyHolder.Program, "The product", KeyScopes.Of(KeyHolder.Program)), world.Owner, default))).Value.Key;
        await scene.AutomateAsync(await scene.EndpointAsync(server));
        return scene;
    }

    /// <summary>Tells of all clients, by some at once, each client's facts in their order and some of them twice.</summary>
    public Task WriteAsync(PortalNodes nodes, int writers)
    {
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, _clients));
        return Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var i))
            {
                foreach (var (path, json) in Facts(i))
                {
                    await nodes.PostAsync(w % nodes.Count, path, _key, json);
                }
            }
        })));
    }

    /// <summary>All that happened was looked at, all runs have ended, and what they sent has left.</summary>
    public Task<bool> IsAllDoneAsync() => Portal.ReadAsync(async db =>
        await db.EventCursors.Where(c => c.Reader == "automations").Select(c => c.Position).SingleAsync() >= await db.AuditEntries.MaxAsync(e => e.Id)
        && !await db.AutomationRuns.AnyAsync(r => r.State == RunState.Running || r.State == RunState.Waiting)
        && !await db.OutboxMessages.AnyAsync(m => m.State == OutboxState.Pending)
        && !await db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Waiting));

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private IEnumerable<(string Path, string Json)> Facts(int i)
    {
        var (client, code) = (Invariant($"cust-{i}"), _codes[i % 2]);
        var registration = Invariant($$"""{"externalId":"{{client}}","name":"Client {{i}}","email":"client{{i}}@example.test","emailVerified":true,"code":"{{code}}","agreedCode":"{{code}}"}""");
        yield return ("/api/v1/registrations", registration);
        if (i % 3 == 0)
        {
            yield return ("/api/v1/registrations", registration);
        }

        // After the registration was answered: what is bought before somebody joins is bought without a partner.
        var at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        for (var n = 0; n < 1 + (i % 3); n++)
        {
            var purchase = Invariant($$"""{"externalId":"{{client}}-{{n}}","client":{"externalId":"{{client}}"},"amount":{{Large - 1 + n + (i % 2)}},"currency":"EUR","product":"team","occurredAt":"{{at}}"}""");
            yield return ("/api/v1/purchases", purchase);
            if (i % 2 == 0)
            {
                yield return ("/api/v1/purchases", purchase);
            }
        }

        if (i % 4 == 0)
        {
            yield return (Invariant($"/api/v1/purchases/{client}-0/refunds"), Invariant($$"""{"externalId":"{{client}}-r","amount":1000,"currency":"EUR","occurredAt":"{{at}}"}"""));
        }
    }

    private async Task AutomateAsync(long endpoint)
    {
        var (gold, silver) = (await _scene.GroupAsync("Gold"), await _scene.GroupAsync("Silver"));
        var registered = await AddAsync(AutomationTrigger.Registered, null,
            AutomationScene.Mail(await TemplateAsync("Welcome", MailOccasion.Client), StepTarget.Client), AutomationScene.Notify("Good to see you", StepTarget.Client),
            AutomationScene.Todo("Call them", StepTarget.Staff, "2"), AutomationScene.Call(endpoint));
        Assert.Null((await Portal.CallAsync<ChooseRegistrationAutomation, Result<Done>>(c => c.ExecuteAsync(registered, _scene.Owner, default))).Error);
        var mail = AutomationScene.Mail(await TemplateAsync("Somebody joined", MailOccasion.Partner), StepTarget.Partner);
        var large = AutomationScene.Mail(await TemplateAsync("A large one", MailOccasion.Purchase), StepTarget.Client);
        Automations =
        [
            registered,
            await AddAsync(AutomationTrigger.Joined, null, AutomationScene.Tag("joined"), AutomationScene.Wait(1), mail, AutomationScene.Bonus("15"), AutomationScene.Notify("One more client", StepTarget.Partner)),
            await AddAsync(AutomationTrigger.Purchase, new ConditionForm { Kind = ConditionKind.Amount, Least = "50", Currency = "EUR" },
                AutomationScene.Call(endpoint), large, AutomationScene.Notify("A large purchase", StepTarget.Staff), AutomationScene.Todo("Thank them", StepTarget.Partner, "")),
            await AddAsync(AutomationTrigger.FirstPurchase, null, AutomationScene.Tag("bought"), AutomationScene.Wait(1), AutomationScene.Group(gold), AutomationScene.Tag("gold")),
            await AddAsync(AutomationTrigger.GroupChanged, null, AutomationScene.Group(silver), AutomationScene.Todo("Look why", StepTarget.Staff, "")),
            await AddAsync(AutomationTrigger.Refund, null, AutomationScene.Tag("gave back"), AutomationScene.Notify("We are sorry", StepTarget.Client)),
        ];
    }

    private Task<long> AddAsync(AutomationTrigger trigger, ConditionForm? condition, params StepForm[] steps)
    {
        var form = AutomationScene.Form(trigger, steps);
        form.Name = trigger.ToString();
        (form.Budget, form.BudgetCurrency) = (Money.WritePlain(Budget, "EUR"), "EUR");
        if (condition is not null)
        {
            form.Conditions.Add(condition);
        }

        return _scene.AddAsync(form);
    }

    private async Task<long> TemplateAsync(string subject, MailOccasion occasion)
    {
        var form = new TemplateForm(subject, occasion, false, new Dictionary<string, TypedText> { ["en"] = new(subject, "Hello {{person.name}}.") });
        return (await Portal.CallAsync<AddMailTemplate, Result<long>>(a => a.ExecuteAsync(form, _scene.Owner, default))).Value;
    }

    /// <summary>Hears of nothing but what automations tell it. Its address is allowed in the processes alone.</summary>
    private async Task<long> EndpointAsync(WebhookTestServer server)
    {
        var made = (await Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(new EndpointForm("https://receiver.example/hook", "", ["payout.paid"]), true, _scene.Owner, default))).Value;
        var url = new Uri(server.Address, "/hook").AbsoluteUri;
        await Portal.ReadAsync(db => db.WebhookEndpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.Url, url)));
        return made.Id;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
