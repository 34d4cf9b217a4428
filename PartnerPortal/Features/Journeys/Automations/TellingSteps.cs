using PartnerPortal.Data;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>The steps by which somebody is told of something, or has to do something.</summary>
public sealed class TellingSteps(TemplateMails mails)
{
    public async Task<StepDone> MailAsync(PortalTransaction work, AutomationRun run, AutomationStep step, CancellationToken ct)
    {
        if (await RunPeople.AccountAsync(work.Db, run, step.Target, ct) is not { } account)
        {
            return StepDone.Failed(step.Target is StepTarget.Partner ? RunProblem.NoPartner : RunProblem.NoClient);
        }

        var sent = await mails.SendAsync(work, step.TemplateId!.Value, SubjectOf(run.Subject, step.Target, account), ct);
        return sent.Error switch
        {
            null => StepDone.Made(),
            // Who wants no such mail gets none, and what comes after it goes on.
            NobodyToMail { Reason: NobodyReason.Stopped } => StepDone.Skipped(RunProblem.MailStopped),
            NobodyToMail { Reason: NobodyReason.Disabled } => StepDone.Failed(RunProblem.SignInDisabled),
            NobodyToMail => StepDone.Failed(RunProblem.NobodyToMail),
            NoSuchTemplate => StepDone.Failed(RunProblem.NoSuchTemplate),
            TemplateLacks => StepDone.Failed(RunProblem.TemplateLacks),
            var other => throw new InvalidOperationException($"A mail of an automation was refused: {other}"),
        };
    }

    /// <summary>To a client about itself and, where there is one, its purchase; to a partner about itself.</summary>
    internal static TemplateSubject SubjectOf(RunSubject subject, StepTarget target, long account) =>
        target is StepTarget.Partner ? new TemplateSubject(account) : new TemplateSubject(account, subject.PartnerId, subject.PurchaseId);
}
