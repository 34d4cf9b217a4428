using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>What is typed of a template, in one language and with sample values, is mailed to whoever wrote it. It need not be saved.</summary>
public sealed class SendTestMail(PortalDb portal, TemplatePreviews previews, Outbox outbox, ProgramSettingsSource settings, PublicUrl urls)
{
    /// <returns>The address that it goes to.</returns>
    public async Task<Result<string>> ExecuteAsync(TypedText written, MailOccasion occasion, bool isNeeded, string language, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner || actor.Email.Length == 0)
        {
            return new NotAllowed();
        }

        var content = await previews.ComposeAsync(written, occasion, isNeeded, language, actor, ct);
        if (content.Error is { } error)
        {
            return error;
        }

        await using var work = await portal.BeginAsync(ct);
        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        outbox.Add(work, MailKinds.Automation, new MailRecipient(actor.Email, actor.Name, language), brand, content.Value);
        work.Audit(actor, AuditActions.MailTemplateTested, ("user", actor.UserId), null, new { language });
        await work.CommitAsync(ct);
        return actor.Email;
    }
}
