using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>What came of a step.</summary>
/// <param name="Outcome">Failed: nothing of it is to stay.</param>
/// <param name="Problem">Why it failed, was skipped or waits.</param>
/// <param name="SubjectId">What it made.</param>
/// <param name="Until">UTC; when it goes on. Null for at once.</param>
public sealed record StepDone(StepOutcome Outcome, RunProblem? Problem = null, long? SubjectId = null, DateTime? Until = null)
{
    public static StepDone Failed(RunProblem problem) => new(StepOutcome.Failed, problem);

    public static StepDone Skipped(RunProblem problem) => new(StepOutcome.Skipped, problem);

    public static StepDone Made(long? subjectId = null) => new(StepOutcome.Done, SubjectId: subjectId);
}

/// <summary>Does one step in the transaction of its run.</summary>
public sealed class StepActions(AccessSteps access, TellingSteps telling)
{
    /// <param name="work">Holds the run's row.</param>
    /// <param name="run">In hand.</param>
    /// <param name="step">Its next.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<StepDone> DoAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Mail => await telling.MailAsync(work, run, step, ct),
        StepKind.Bonus => await GrantAsync(work, run, step, ct),
        StepKind.Access => await access.SendAsync(work, run, ct),
        StepKind.InviteAgain => await access.InviteAsync(work, run, ct),
        StepKind.Tag => await TagAsync(work, run, step, ct),
        StepKind.Group => await GroupAsync(work, run, step, ct),
        StepKind.Task => await AskAsync(work, run, step, ct),
        StepKind.Webhook => await CallAsync(work, run, step, ct),
        StepKind.Wait => new StepDone(StepOutcome.Done, Until: work.Now.AddDays(step.Days!.Value)),
    };

    /// <summary>Once for the run's step, whatever becomes of this transaction; the budget's row is held to its end.</summary>
    private static async Task<StepDone> GrantAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (await RunPeople.AccountAsync(work.Db, run, step.Target, ct) is not { } account)
        {
            return StepDone.Failed(step.Target is StepTarget.Partner ? RunProblem.NoPartner : RunProblem.NoClient);
        }

        var budget = await work.Db.Automations.Where(a => a.Id == run.AutomationId).Select(a => new { a.Budget, a.Currency }).FirstAsync(ct);
        if (budget.Budget is not { } limit || budget.Currency != step.Currency)
        {
            return StepDone.Failed(RunProblem.BudgetSpent);
        }

        var grant = new BonusGrant(account, step.Amount!.Value, step.Currency!, step.Text, string.Create(CultureInfo.InvariantCulture, $"automation:{run.Id}:{run.NextStep}"),
            new BonusBudget(Automation.BudgetKeyOf(run.AutomationId), limit), run.AutomationId);
        var given = await BonusBook.GrantAsync(work, grant, Actor.System, ct);
        return given.Error switch
        {
            null => StepDone.Made(given.Value.Id),
            BonusBudgetSpent => StepDone.Failed(RunProblem.BudgetSpent),
            BonusInvalid => StepDone.Failed(RunProblem.BonusRefused),
            var other => throw new InvalidOperationException($"A bonus of an automation was refused: {other}"),
        };
    }

    private static async Task<StepDone> TagAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (run.PartnerId is not { } partner)
        {
            return StepDone.Failed(RunProblem.NoPartner);
        }

        await work.LockAsync(PortalLock.ClientList, partner, ct);
        var found = await Listed.Of(work.Db, run.Subject).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.Id == found, ct) is not { } record)
        {
            return StepDone.Failed(RunProblem.NotListed);
        }

        var tag = await TagName.SpellingAsync(work, partner, step.Text, ct);
        if (record.Tags.Any(t => string.Equals(t.Name, tag, StringComparison.OrdinalIgnoreCase)))
        {
            return StepDone.Skipped(RunProblem.AlreadyTagged);
        }

        if (record.Tags.Count >= TagClient.MaxTags)
        {
            return StepDone.Failed(RunProblem.TooManyTags);
        }

        record.AddTag(tag);
        work.Audit(Actor.System, AuditActions.ClientChanged, ("client", record.Id), partner, new { changed = "tags", run = run.Id });
        await ClientList.SignalAsync(work, record, ct);
        return StepDone.Made(record.Id);
    }

    private static async Task<StepDone> GroupAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (run.PartnerId is not { } id)
        {
            return StepDone.Failed(RunProblem.NoPartner);
        }

        await work.LockAsync(PortalLock.Partner, id, ct);
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.AccountId == id, ct) is not { } partner)
        {
            return StepDone.Failed(RunProblem.NoPartner);
        }

        var names = await work.Db.PartnerGroups.Where(g => g.Id == step.GroupId || g.Id == partner.GroupId).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        if (!names.TryGetValue(step.GroupId!.Value, out var name))
        {
            return StepDone.Failed(RunProblem.NoSuchGroup);
        }

        if (partner.GroupId == step.GroupId)
        {
            return StepDone.Skipped(RunProblem.AlreadyInGroup);
        }

        var before = partner.GroupId is { } former ? names.GetValueOrDefault(former) : null;
        partner.MoveToGroup(step.GroupId, work.Now);
        work.Audit(Actor.System, AuditActions.PartnerChanged, ("account", id), id, new { group = name, groupBefore = before, regrouped = true, run = run.Id });
        PartnerDesk.Tell(work, id);
        return StepDone.Made(step.GroupId);
    }

    private static async Task<StepDone> AskAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (step.Target is StepTarget.Partner && run.PartnerId is null)
        {
            return StepDone.Failed(RunProblem.NoPartner);
        }

        var draft = new TaskDraft(step.Text, step.Target is StepTarget.Partner ? run.PartnerId : null, run.ClientId ?? (step.Target is StepTarget.Staff ? run.PartnerId : null),
            step.Days is { } days ? work.Now.AddDays(days) : null, string.Create(CultureInfo.InvariantCulture, $"automation:{run.Id}:{run.NextStep}"));
        var made = await TaskBook.CreateAsync(work, draft, Actor.System, ct);
        return made.Ok ? StepDone.Made(made.Value) : made.Error is NoSuchTaskAccount ? StepDone.Failed(RunProblem.TaskRefused) : throw new InvalidOperationException($"A task of an automation was refused: {made.Error}");
    }

    /// <summary>Queued as what happens is: delivered in the order of the client's, tried again, signed.</summary>
    private static async Task<StepDone> CallAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (await work.Db.WebhookEndpoints.FirstOrDefaultAsync(e => e.Id == step.EndpointId && e.AccountId == null, ct) is not { } endpoint)
        {
            return StepDone.Failed(RunProblem.NoSuchEndpoint);
        }

        if (!endpoint.Listens)
        {
            return StepDone.Failed(RunProblem.EndpointGone);
        }

        var name = await work.Db.Automations.Where(a => a.Id == run.AutomationId).Select(a => a.Name).FirstAsync(ct);
        var facts = JsonSerializer.Serialize(new
        {
            Automation = new { Id = run.AutomationId, Name = name, Run = run.Id, Trigger = JsonNamingPolicy.SnakeCaseLower.ConvertName(run.Trigger.ToString()) },
            Purchase = run.PurchaseId is { } purchase ? new { Id = purchase, run.Amount, run.Currency } : null,
            Invitation = run.InvitationId is { } invitation ? new { Id = invitation } : null,
        }, Json);
        var delivery = new WebhookDelivery(endpoint.Id, null, WebhookDelivery.AutomationKind, run.At, facts, work.Now).About(run.ClientId ?? (run.RecordId is null ? run.PartnerId : null), run.RecordId, run.PartnerId);
        work.Db.WebhookDeliveries.Add(delivery);
        work.Signal(QueueDeliveries.Signal);
        work.Signal(WebhookQueries.ChannelOf(endpoint.Id));
        await work.SaveAsync(ct);
        return StepDone.Made(delivery.Id);
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
