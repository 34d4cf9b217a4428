using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>What must hold once all is done: whatever a step says it did is there, once, and nothing else is.</summary>
internal static class AutomationKillChecks
{
    public static async Task CheckAsync(AutomationKillScene scene, WebhookTestServer server)
    {
        var done = await scene.Portal.ReadAsync(async db =>
        {
            await RunsAsync(db, scene);
            return await DoneAsync(db);
        });
        await scene.Portal.ReadAsync(async db =>
        {
            await MoneyAsync(db, done, scene.Budget);
            await MailsAsync(db, done, scene.Portal.MailFolder);
            await WordsAsync(db, done);
            await DeliveriesAsync(db, done, server);
            return true;
        });
        Assert.Equal([], (await scene.Portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings.Select(f => f.ToString()));
    }

    /// <summary>A step that was done, with its run and what it was to do.</summary>
    private sealed record DoneStep(AutomationRun Run, AutomationRunStep Step, AutomationStep Asked)
    {
        public long AccountId => (Asked.Target is StepTarget.Partner ? Run.PartnerId : Run.ClientId)!.Value;

        public string Key => string.Create(CultureInfo.InvariantCulture, $"automation:{Run.Id}:{Step.Position}");
    }

    private static IEnumerable<DoneStep> Of(this IEnumerable<DoneStep> steps, StepKind kind) => steps.Where(s => s.Asked.Kind == kind);

    private static async Task<List<DoneStep>> DoneAsync(PortalDbContext db)
    {
        var runs = await db.AutomationRuns.ToDictionaryAsync(r => r.Id);
        var definitions = (await db.AutomationVersions.ToListAsync()).ToDictionary(v => (v.AutomationId, v.Number), v => AutomationDefinition.Read(v.Definition));
        return [.. (await db.AutomationRunSteps.Where(s => s.Outcome == StepOutcome.Done).OrderBy(s => s.Id).ToListAsync())
            .Select(s => new DoneStep(runs[s.RunId], s, definitions[(runs[s.RunId].AutomationId, runs[s.RunId].Version)].Steps[s.Position]))];
    }

    /// <summary>Every event began what it should, and every run is at its end, step by step.</summary>
    private static async Task RunsAsync(PortalDbContext db, AutomationKillScene scene)
    {
        var runs = await db.AutomationRuns.OrderBy(r => r.Id).ToListAsync();
        Assert.Equal(await ExpectedAsync(db, scene.Automations), runs.Select(r => (r.AutomationId, r.EventId!.Value)).Order());
        Assert.All(runs, r => Assert.True(
            (r.State, r.Problem) is (RunState.Done or RunState.Refused, null) or (RunState.Failed, RunProblem.BudgetSpent) or (RunState.Stopped, RunProblem.Loop), $"Run {r.Id} is {r.State}, {r.Problem}, at step {r.NextStep}."));
        Assert.All(runs.Where(r => r.Trigger is AutomationTrigger.Purchase), r => Assert.Equal(r.Amount < AutomationKillScene.Large, r.State is RunState.Refused));
        foreach (var state in new[] { RunState.Done, RunState.Refused, RunState.Failed, RunState.Stopped })
        {
            // Else the test would show less than it says.
            Assert.Contains(runs, r => r.State == state);
        }

        var through = (await db.AutomationRunSteps.Where(s => s.Outcome == StepOutcome.Done || s.Outcome == StepOutcome.Skipped).OrderBy(s => s.Id).ToListAsync()).ToLookup(s => s.RunId);
        var lengths = (await db.AutomationVersions.ToListAsync()).ToDictionary(v => (v.AutomationId, v.Number), v => AutomationDefinition.Read(v.Definition).Steps.Count);
        foreach (var run in runs)
        {
            Assert.Equal(Enumerable.Range(0, run.State is RunState.Done ? lengths[(run.AutomationId, run.Version)] : run.NextStep), through[run.Id].Select(s => s.Position));
        }

        var noted = (await db.AuditEntries.Where(e => e.Action == AuditActions.AutomationStep).ToListAsync()).Select(e => (e.SubjectId!.Value, Number(e, "step")!.Value - 1));
        Assert.Equal(through.SelectMany(g => g).Select(s => (s.RunId, (long)s.Position)).Order(), noted.Order());
    }

    /// <summary>What the log says should have begun, counted without the reader.</summary>
    private static async Task<IEnumerable<(long Automation, long Event)>> ExpectedAsync(PortalDbContext db, IReadOnlyList<long> automations)
    {
        var begun = new List<(long, long)>();
        var all = await db.Automations.Where(a => automations.Contains(a.Id)).ToListAsync();
        var since = all.Min(a => a.ActiveSince);
        var entries = await db.AuditEntries.Where(e => e.At >= since).OrderBy(e => e.Id).ToListAsync();
        var bought = entries.Where(e => e.Action == AuditActions.PurchaseRecorded).ToList();
        foreach (var automation in all)
        {
            begun.AddRange((automation.Trigger switch
            {
                AutomationTrigger.Registered => entries.Where(e => e.Action == AuditActions.UserRegistered),
                AutomationTrigger.Joined => entries.Where(e => e.Action == AuditActions.AttributionOpened),
                AutomationTrigger.Purchase => bought,
                AutomationTrigger.FirstPurchase => bought.GroupBy(e => e.AccountId).Select(g => g.First()),
                AutomationTrigger.Refund => entries.Where(e => e.Action == AuditActions.PurchaseRefunded && e.AccountId != null),
                AutomationTrigger.GroupChanged => entries.Where(e => e.Action == AuditActions.PartnerChanged && e.Details!.Contains("regrouped", StringComparison.Ordinal)),
                var other => throw new InvalidOperationException($"Nothing is expected of {other}."),
            }).Select(e => (automation.Id, e.Id)));
        }

        return begun.Order();
    }

    private static async Task MoneyAsync(PortalDbContext db, List<DoneStep> done, long budget)
    {
        var credits = await db.Credits.ToListAsync();
        Assert.Equal(done.Of(StepKind.Bonus).Select(s => (s.Key, (long?)s.AccountId, s.Asked.Amount, s.Step.SubjectId)).Order(), credits.Select(c => (c.Key, (long?)c.AccountId, (long?)c.Amount, (long?)c.Id)).Order());
        // More ask than the budget holds, so all of it is spent and nothing above.
        Assert.Equal(budget, credits.Sum(c => c.Amount));
    }

    private static async Task MailsAsync(PortalDbContext db, List<DoneStep> done, string folder)
    {
        var subjects = await db.MailTemplates.ToDictionaryAsync(t => t.Id, t => t.Name);
        var messages = await db.OutboxMessages.ToListAsync();
        Assert.Equal(
            done.Of(StepKind.Mail).Select(s => ((long?)s.AccountId, subjects[s.Asked.TemplateId!.Value])).Order(),
            messages.Where(m => m.Kind == MailKinds.Automation).Select(m => (m.AccountId, m.Subject)).Order());
        // Also of what was sent twice the folder holds one: it goes by the message's own name.
        Assert.All(messages, m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(messages.Select(m => m.MessageId).Order(), Directory.GetFiles(folder, "*.eml").Select(f => Path.GetFileNameWithoutExtension(f).Split('-')[^1]).Order());
    }

    /// <summary>Tags, tasks, groups and what the bell says.</summary>
    private static async Task WordsAsync(PortalDbContext db, List<DoneStep> done)
    {
        var tags = await db.ClientTags.Select(t => new { t.RecordId, t.Name }).ToListAsync();
        Assert.Equal(done.Of(StepKind.Tag).Select(s => (s.Step.SubjectId!.Value, s.Asked.Text)).Order(), tags.Select(t => (t.RecordId, t.Name)).Order());
        var tasks = await db.TodoTasks.ToListAsync();
        Assert.Equal(done.Of(StepKind.Task).Select(s => (s.Key, s.Asked.Text)).Order(), tasks.Select(t => (t.Key!, t.Title)).Order());
        var moves = (await db.AuditEntries.Where(e => e.Action == AuditActions.PartnerChanged).ToListAsync()).Select(e => Number(e, "run")).OfType<long>();
        Assert.Equal(done.Of(StepKind.Group).Select(s => s.Run.Id).Order(), moves.Order());
        var staff = await db.UserRoles.Select(r => r.UserId).Distinct().ToListAsync();
        var members = (await db.Members.ToListAsync()).ToLookup(m => m.AccountId, m => m.UserId);
        var told = await db.Notifications.Where(n => n.Kind == NotificationKind.Message).ToListAsync();
        Assert.All(told, n => Assert.Equal(1, n.Count));
        Assert.Equal(
            done.Of(StepKind.Notify).SelectMany(s => (s.Asked.Target is StepTarget.Staff ? staff : members[s.AccountId]).Select(u => (u, s.Asked.Text))).Order(),
            told.Select(n => (n.UserId, n.Words)).Order());
    }

    private static async Task DeliveriesAsync(PortalDbContext db, List<DoneStep> done, WebhookTestServer server)
    {
        var deliveries = await db.WebhookDeliveries.ToListAsync();
        Assert.Equal(done.Of(StepKind.Webhook).Select(s => s.Step.SubjectId!.Value).Order(), deliveries.Select(d => d.Id).Order());
        Assert.All(deliveries, d => Assert.Equal(DeliveryState.Delivered, d.State));
        Assert.Equal(deliveries.Select(d => d.MessageId).Order(), server.Received.Select(r => r.Id).Distinct().Order());
    }

    private static long? Number(AuditEntry entry, string name)
    {
        using var details = JsonDocument.Parse(entry.Details ?? "{}");
        return details.RootElement.TryGetProperty(name, out var value) ? value.GetInt64() : null;
    }
}
