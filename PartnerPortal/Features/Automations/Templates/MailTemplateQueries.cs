using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A template in the list.</summary>
/// <param name="Languages">That it is written in, in their order.</param>
/// <param name="ChangedAt">UTC.</param>
/// <param name="Subject">In the program's language, or the first there is; fields as they are written.</param>
public sealed record MailTemplateRow(long Id, string Name, MailOccasion Occasion, bool IsNeeded, IReadOnlyList<string> Languages, DateTime ChangedAt, string Subject);

/// <summary>A template as its form shows it.</summary>
public sealed record MailTemplateDetail(long Id, TemplateForm Form, DateTime ChangedAt);

/// <summary>Reads templates: for owners, nobody else sees any.</summary>
public sealed class MailTemplateQueries(PortalDb portal)
{
    /// <summary>Signalled when a template was added, changed or deleted.</summary>
    public const string Channel = "mail-templates";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<MailTemplateRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var standard = await db.ProgramSettings.Select(s => s.DefaultLanguage).FirstOrDefaultAsync(ct) ?? Languages.Default;
        var templates = await db.MailTemplates.Include(t => t.Texts).OrderBy(t => t.Name).ToListAsync(ct);
        return [.. templates.Select(t => new MailTemplateRow(
            t.Id, t.Name, t.Occasion, t.IsNeeded, [.. Languages.All.Where(l => t.Texts.Any(x => x.Language == l))], t.ChangedAt, TemplateMails.TextFor(t.Texts, standard, standard).Subject))];
    }

    /// <returns>Null when it is not there, or not for the actor.</returns>
    public async Task<MailTemplateDetail?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.MailTemplates.Include(t => t.Texts).FirstOrDefaultAsync(t => t.Id == id, ct) is { } t
            ? new MailTemplateDetail(t.Id, new TemplateForm(t.Name, t.Occasion, t.IsNeeded, t.Texts.ToDictionary(x => x.Language, x => new TypedText(x.Subject, x.Body)), t.Version), t.ChangedAt)
            : null;
    }

    /// <returns>What the template is about; null when there is none.</returns>
    public static Task<MailOccasion?> OccasionAsync(PortalDbContext db, long id, CancellationToken ct) =>
        db.MailTemplates.Where(t => t.Id == id).Select(t => (MailOccasion?)t.Occasion).FirstOrDefaultAsync(ct);
}
