using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A template goes. What was sent from it stays in the outbox as it was.</summary>
public sealed class DeleteMailTemplate(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await work.Db.MailTemplates.Include(t => t.Texts).FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template)
        {
            return new NoSuchTemplate();
        }

        if (await AutomationQueries.NamesUsingTemplateAsync(work.Db, id, ct) is { Count: > 0 } users)
        {
            return new TemplateInUse(users);
        }

        work.Db.MailTemplates.Remove(template);
        work.Audit(actor, AuditActions.MailTemplateDeleted, ("mail-template", id), null, new { name = template.Name });
        work.Signal(MailTemplateQueries.Channel);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
