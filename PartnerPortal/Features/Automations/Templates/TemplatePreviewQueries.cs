using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <param name="Mail">To the first of its readers.</param>
public sealed record FilledTemplate(TemplateMail Mail, MailBrand Brand);

/// <summary>A saved template filled for somebody, for the owner; nothing is sent.</summary>
public sealed class TemplatePreviewQueries(PortalDb portal, TemplateMails mails, ProgramSettingsSource settings, PublicUrl urls)
{
    /// <returns>Null when nobody would get it, or it is not for the actor.</returns>
    public async Task<FilledTemplate?> FindAsync(long id, TemplateSubject subject, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var composed = await mails.ComposeAsync(db, id, subject, ct);
        return composed.Ok ? new FilledTemplate(composed.Value[0], (await settings.GetAsync(ct)).ToMailBrand(urls)) : null;
    }
}
