using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A template is changed; what is sent from now on says the new words, also by runs that wait.</summary>
public sealed class ChangeMailTemplate(PortalDb portal, ProgramSettingsSource settings)
{
    /// <returns>The version that is in force now.</returns>
    public async Task<Result<int>> ExecuteAsync(long id, TemplateForm form, Actor actor, CancellationToken ct)
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
        if (await work.Db.MailTemplates.Include(t => t.Texts).FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template)
        {
            return new NoSuchTemplate();
        }

        if (template.Version != form.Version)
        {
            return new TemplateChangedMeanwhile();
        }

        if (await work.Db.MailTemplates.AnyAsync(t => t.Name == terms.Value.Name && t.Id != id, ct))
        {
            return new TemplateNameTaken();
        }

        if (template.Occasion != terms.Value.Occasion && await AutomationQueries.NamesUsingTemplateAsync(work.Db, id, ct) is { Count: > 0 } users)
        {
            return new TemplateInUse(users);
        }

        template.Change(terms.Value, work.Now);
        work.Audit(actor, AuditActions.MailTemplateChanged, ("mail-template", id), null, new { name = template.Name, language = terms.Value.Texts.Keys });
        work.Signal(MailTemplateQueries.Channel);
        await work.CommitAsync(ct);
        return template.Version;
    }
}
