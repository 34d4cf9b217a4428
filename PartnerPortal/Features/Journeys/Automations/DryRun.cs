using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Events;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>What an automation would have done.</summary>
/// <param name="Looked">So many things happened with which it begins.</param>
/// <param name="Reached">For so many of them all conditions held.</param>
/// <param name="Lines">The newest first; of very many not all.</param>
/// <param name="Money">What it would have given, by currency.</param>
/// <param name="OverBudget">The budget does not hold that, with what was given already.</param>
/// <param name="IsCut">More happened than was looked at.</param>
public sealed record DryRunReport(int Looked, int Reached, IReadOnlyList<DryRunLine> Lines, IReadOnlyList<DryRunMoney> Money, bool OverBudget, bool IsCut);

/// <summary>One thing that happened, or a silence.</summary>
/// <param name="At">UTC.</param>
/// <param name="ClientName">Empty when there is none.</param>
/// <param name="PartnerName">Likewise.</param>
/// <param name="IsSupposed">It did not happen: what would be if it happened to the chosen account now.</param>
/// <param name="Mails">As they would be sent, of the first that are reached.</param>
/// <param name="Problems">Why a mail would not be sent.</param>
public sealed record DryRunLine(
    DateTime At, long? ClientId, string ClientName, long? PartnerId, string PartnerName, long? PurchaseId, bool IsReached, bool IsSupposed, IReadOnlyList<ConditionVerdict> Verdicts, IReadOnlyList<TemplateMail> Mails,
    IReadOnlyList<Error> Problems);

/// <param name="Amount">Minor units.</param>
/// <param name="Count">So many bonuses.</param>
public sealed record DryRunMoney(string Currency, long Amount, int Count);

/// <summary>Shows what an automation, saved or not, would have done in the last 30 days or would do for one account, and does nothing.</summary>
public sealed class DryRun(PortalDb portal, EventQueries events, TemplateMails mails)
{
    public const int Days = 30;
    public const int MostLooked = 5000;
    public const int MostLines = 200;
    public const int MostWithMails = 20;

    /// <param name="form">As it is typed.</param>
    /// <param name="accountId">A client, or for what concerns partners a partner; null for all.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<DryRunReport>> ExecuteAsync(AutomationForm form, long? accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var read = AutomationRules.Read(form);
        if (read.Error is { } error)
        {
            return error;
        }

        var draft = read.Value;
        await using var db = await portal.ReadAsync(ct);
        if (await AutomationReferences.CheckAsync(db, draft.Definition, ct) is { Count: > 0 } wrong)
        {
            return new AutomationRefused(wrong);
        }

        var looked = new List<Looked>();
        var subjects = AutomationTriggers.HasDays(draft.Definition.Trigger) ? SilentAsync(db, draft, accountId, ct) : HappenedAsync(db, draft.Definition.Trigger, accountId, ct);
        await foreach (var subject in subjects)
        {
            if (looked.Count > MostLooked)
            {
                break;
            }

            looked.Add(new Looked(subject, await ConditionCheck.OfAsync(db, draft.Definition, subject, ct), false));
        }

        if (looked.Count == 0 && accountId is { } chosen && await SupposeAsync(db, draft.Definition.Trigger, chosen, ct) is { } supposed)
        {
            looked.Add(new Looked(supposed, await ConditionCheck.OfAsync(db, draft.Definition, supposed, ct), true));
        }

        return await ReportAsync(db, form.Id, draft, looked, ct);
    }

    private async Task<DryRunReport> ReportAsync(PortalDbContext db, long? id, AutomationDraft draft, List<Looked> all, CancellationToken ct)
    {
        var looked = all.Take(MostLooked).Where(l => !l.IsSupposed).ToList();
        var reached = looked.Count(l => l.IsReached);
        var bonuses = draft.Definition.Steps.Where(s => s.Kind is StepKind.Bonus).ToList();
        var given = all.Take(MostLooked).Count(l => l.IsReached);
        DryRunMoney[] money = bonuses.Count == 0 || given == 0 ? [] : [new DryRunMoney(draft.Currency!, bonuses.Sum(b => b.Amount!.Value) * given, bonuses.Count * given)];
        var left = draft.Budget is not { } budget ? 0 : id is { } known ? await BonusBook.LeftAsync(db, new BonusBudget(Automation.BudgetKeyOf(known), budget), draft.Currency!, ct) : budget;
        var shown = all.Take(MostLooked).OrderByDescending(l => l.Subject.At).ThenByDescending(l => l.Subject.EventId).Take(MostLines).ToList();
        var accounts = shown.SelectMany(l => new[] { l.Subject.ClientId, l.Subject.PartnerId }).OfType<long>().Distinct().ToList();
        var names = await db.Accounts.Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var lines = new List<DryRunLine>();
        foreach (var (subject, verdicts, isSupposed) in shown)
        {
            var isReached = verdicts.All(v => v.Holds);
            var (composed, problems) = isReached && lines.Count(l => l.IsReached) < MostWithMails ? await ComposeAsync(db, draft.Definition, subject, ct) : ([], []);
            lines.Add(new DryRunLine(subject.At, subject.ClientId, NameOf(subject.ClientId), subject.PartnerId, NameOf(subject.PartnerId), subject.PurchaseId, isReached, isSupposed, verdicts, composed, problems));
        }

        return new DryRunReport(looked.Count, reached, lines, money, money.Length > 0 && money[0].Amount > left, all.Count > MostLooked);

        string NameOf(long? account) => account is { } known ? names.GetValueOrDefault(known, "") : "";
    }

    private async Task<(IReadOnlyList<TemplateMail> Mails, IReadOnlyList<Error> Problems)> ComposeAsync(PortalDbContext db, AutomationDefinition definition, RunSubject subject, CancellationToken ct)
    {
        var (composed, problems) = (new List<TemplateMail>(), new List<Error>());
        foreach (var step in definition.Steps.Where(s => s.Kind is StepKind.Mail))
        {
            var account = step.Target is StepTarget.Partner ? subject.PartnerId : subject.ClientId ?? await db.Invitations.Where(i => i.Id == subject.InvitationId).Select(i => i.ClientId).FirstOrDefaultAsync(ct);
            var mail = account is { } known
                ? await mails.ComposeAsync(db, step.TemplateId!.Value, TellingSteps.SubjectOf(subject, step.Target, known), ct)
                : new NobodyToMail(NobodyReason.NoSuchAccount);
            if (mail.Error is { } error)
            {
                problems.Add(error);
            }
            else
            {
                composed.AddRange(mail.Value);
            }
        }

        return (composed, problems);
    }

    /// <summary>What happened in the last days.</summary>
    private async IAsyncEnumerable<RunSubject> HappenedAsync(PortalDbContext db, AutomationTrigger trigger, long? accountId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var from = portal.Now.AddDays(-Days);
        if (await db.AuditEntries.Where(e => e.At >= from).MinAsync(e => (long?)e.Id, ct) is not { } first)
        {
            yield break;
        }

        var place = first - 1;
        while (await events.ReadAsync(place, 500, ct) is { } batch && batch.Position > place)
        {
            place = batch.Position;
            foreach (var told in batch.Events.Where(e => e.At >= from && AutomationTriggers.Of(e).Contains(trigger)))
            {
                if (accountId is null || accountId == (AutomationTriggers.IsOfPartner(trigger) ? told.PartnerId : told.ClientId))
                {
                    yield return RunSubject.Of(told);
                }
            }
        }
    }

    /// <summary>Whose silence became long enough in the last days, or is, if it reaches the past.</summary>
    private async IAsyncEnumerable<RunSubject> SilentAsync(PortalDbContext db, AutomationDraft draft, long? accountId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (now, days) = (portal.Now, draft.Definition.Days!.Value);
        var silence = new Silence(now.AddDays(-days), draft.ReachesPast ? null : now.AddDays(-days - Days), now);
        foreach (var one in await silence.Of(db, draft.Definition.Trigger, null).Take(MostLooked + 1).ToListAsync(ct))
        {
            if (accountId is null || accountId == one.ClientId)
            {
                yield return await silence.SubjectAsync(db, one, ct);
            }
        }
    }

    /// <summary>The same as if it happened to an account now; null where it cannot, as for a purchase of who never bought.</summary>
    private async Task<RunSubject?> SupposeAsync(PortalDbContext db, AutomationTrigger trigger, long accountId, CancellationToken ct)
    {
        var now = portal.Now;
        if (AutomationTriggers.IsOfPartner(trigger))
        {
            return await db.Partners.AnyAsync(p => p.AccountId == accountId, ct) ? new RunSubject(now, null, accountId) : null;
        }

        if (trigger is AutomationTrigger.InvitationUnanswered || !await db.Accounts.AnyAsync(a => a.Id == accountId, ct))
        {
            return null;
        }

        var subject = await new Silence(now, null, now).SubjectAsync(db, new SilentOne(accountId, null, now), ct);
        if (!AutomationTriggers.HasMoney(trigger))
        {
            return subject with { Since = null };
        }

        return await db.Purchases.Where(p => p.ClientId == accountId).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct) is { } last
            ? subject with { Since = null, PurchaseId = last.Id, Amount = last.Amount, Currency = last.Currency }
            : null;
    }

    private sealed record Looked(RunSubject Subject, IReadOnlyList<ConditionVerdict> Verdicts, bool IsSupposed)
    {
        public bool IsReached => Verdicts.All(v => v.Holds);
    }
}
