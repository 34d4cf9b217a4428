using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>The owner writes a mail that automations can send. Nothing is saved of which anything is wrong.</summary>
public sealed class AddMailTemplate(PortalDb portal, ProgramSettingsSource settings)
{
    /// <returns>Its id.</returns>
    public async Task<Result<long>> ExecuteAsync(TemplateForm form, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var terms = TemplateTerms.Of(form, (await settings.GetAsync(ct)).DefaultLanguage);
        if (terms.Error is { } error)
        {
            return error;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await work.Db.MailTemplates.AnyAsync(t => t.Name == terms.Value.Name, ct))
        {
            return new TemplateNameTaken();
        }

        var template = new MailTemplate(terms.Value, work.Now);
        work.Db.MailTemplates.Add(template);
        work.Audit(actor, AuditActions.MailTemplateAdded, ("mail-template", null), null, new { name = template.Name, language = terms.Value.Texts.Keys });
        work.Signal(MailTemplateQueries.Channel);
        await work.CommitAsync(ct);
        return template.Id;
    }
}
