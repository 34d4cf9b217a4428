using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A template filled for one reader.</summary>
/// <param name="UnsubscribeUrl">Where the reader stops such mail; null when it cannot be stopped.</param>
public sealed record TemplateMail(MailRecipient To, MailContent Content, string? UnsubscribeUrl);

/// <summary>Sends templates, to each admin of an account in its language. What is filled in is kept nowhere but in the message.</summary>
public sealed class TemplateMails(TemplateComposer composer, Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, MailStopSeal stops)
{
    /// <summary>Puts one message for each reader into the transaction's outbox. The audit entry is the caller's.</summary>
    /// <returns>How many messages.</returns>
    public async Task<Result<int>> SendAsync(PortalTransaction work, long templateId, TemplateSubject subject, CancellationToken ct)
    {
        var composed = await ComposeAsync(work.Db, templateId, subject, ct);
        if (composed.Error is { } error)
        {
            return error;
        }

        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        foreach (var mail in composed.Value)
        {
            outbox.Add(work, MailKinds.Automation, mail.To, brand, mail.Content, subject.AccountId, unsubscribeUrl: mail.UnsubscribeUrl);
        }

        return composed.Value.Count;
    }

    /// <summary>What would be sent; nothing is written.</summary>
    public async Task<Result<IReadOnlyList<TemplateMail>>> ComposeAsync(PortalDbContext db, long templateId, TemplateSubject subject, CancellationToken ct)
    {
        if (await db.MailTemplates.AsNoTracking().Include(t => t.Texts).FirstOrDefaultAsync(t => t.Id == templateId, ct) is not { } template)
        {
            return new NoSuchTemplate();
        }

        var facts = await composer.FactsAsync(db, template.Occasion, subject, ct);
        if (facts.Error is { } error)
        {
            return error;
        }

        var readers = await ReadersAsync(db, template.IsNeeded, subject.AccountId, ct);
        if (readers.Error is { } nobody)
        {
            return nobody;
        }

        var standard = (await settings.GetAsync(ct)).DefaultLanguage;
        var mails = new List<TemplateMail>();
        foreach (var (userId, reader) in readers.Value)
        {
            var written = TextFor(template.Texts, reader.Language, standard);
            var stopUrl = template.IsNeeded ? null : stops.UrlFor(userId);
            using (Languages.Speak(written.Language))
            {
                var content = await composer.ComposeAsync(new TypedText(written.Subject, written.Body), template.Occasion, facts.Value, reader.Name, stopUrl?.Page, ct);
                mails.Add(new TemplateMail(reader with { Language = written.Language }, content, stopUrl?.AtOnce));
            }
        }

        return mails;
    }

    /// <summary>The reader's language, else the program's, else English, else any.</summary>
    internal static MailTemplateText TextFor(IReadOnlyList<MailTemplateText> texts, string language, string standard) =>
        new[] { Languages.Nearest(language), standard, Languages.Default }.Select(l => texts.FirstOrDefault(t => t.Language == l)).OfType<MailTemplateText>().FirstOrDefault() ?? texts[0];

    /// <summary>
    /// The admins whom staff lets in and who have not stopped such mail. Those with a confirmed address, and where nobody has one yet, such as in an account that a partner created, those
    /// whom the portal itself wrote to: a reminder to sign in is for them.
    /// </summary>
    private static async Task<Result<IReadOnlyList<(long UserId, MailRecipient To)>>> ReadersAsync(PortalDbContext db, bool isNeeded, long accountId, CancellationToken ct)
    {
        var admins = await (
            from m in db.Members
            join u in db.Users on m.UserId equals u.Id
            where m.AccountId == accountId && m.Role == MemberRole.Admin && u.Email != null
            orderby u.Id
            select new
            {
                u.Id,
                To = new MailRecipient(u.Email!, u.FullName, u.Language),
                u.EmailConfirmed,
                IsDisabled = u.DisabledAt != null,
                HasStopped = db.UserPreferences.Any(p => p.UserId == u.Id && p.Key == StopAutomationMail.Preference),
            }).ToListAsync(ct);
        var open = admins.FindAll(a => !a.IsDisabled);
        var known = open.Exists(a => a.EmailConfirmed) ? open.FindAll(a => a.EmailConfirmed) : open;
        var readers = known.FindAll(a => isNeeded || !a.HasStopped);
        return (admins.Count, open.Count, readers.Count) switch
        {
            (0, _, _) => new NobodyToMail(NobodyReason.NoAddress),
            (_, 0, _) => new NobodyToMail(NobodyReason.Disabled),
            (_, _, 0) => new NobodyToMail(NobodyReason.Stopped),
            _ => readers.ConvertAll(r => (r.Id, r.To)),
        };
    }
}
