using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>Tells users of something, each as it wants to be told, in the transaction of what tells them.</summary>
public sealed class NotificationBook(NotificationMails mails)
{
    /// <summary>The channel on which a user's open pages hear that something is new, or was read.</summary>
    public static string ChannelOf(long userId) => FormattableString.Invariant($"notifications:{userId}");

    /// <summary>What an automation says to the members of an account who manage its clients, or to staff.</summary>
    /// <param name="work">The automation's.</param>
    /// <param name="accountId">Whose members; null for staff.</param>
    /// <param name="words">The text in a language, at most <see cref="Notification.WordsLength"/> characters and without anything about a person: it stays when the client goes, who is named beside it.</param>
    /// <param name="clientId">The client it is about; null for none.</param>
    /// <param name="href">A local path; null leads to the client, if there is one.</param>
    /// <param name="ct">Cancels.</param>
    public Task MessageAsync(PortalTransaction work, long? accountId, Func<string, string> words, long? clientId, string? href, CancellationToken ct) =>
        AddAsync(work, [new NotificationDraft(NotificationKind.Message, accountId, work.Now) { ClientId = clientId, Words = words, Href = LocalPath.IsSafe(href) ? href : null }], ct);

    /// <param name="work">A transaction.</param>
    /// <param name="drafts">In order of time.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task AddAsync(PortalTransaction work, IReadOnlyList<NotificationDraft> drafts, CancellationToken ct)
    {
        if (drafts.Count == 0)
        {
            return;
        }

        var readers = await ReadersAsync(work.Db, drafts, ct);
        if (readers.Count == 0)
        {
            return;
        }

        var wishes = await WishesAsync(work.Db, readers, ct);
        var unlisted = drafts.Where(d => d is { RecordId: null, AccountId: not null, ClientId: not null }).ToList();
        var records = await ListedClients.LinesAsync(work.Db, [.. unlisted.Select(d => d.AccountId!.Value).Distinct()], [.. unlisted.Select(d => d.ClientId!.Value).Distinct()], ct);
        var told = new List<Told>();
        foreach (var draft in drafts.Select(d => d.RecordId is null && d.AccountId is { } own && d.ClientId is { } client ? d with { RecordId = records.GetValueOrDefault((own, client)) } : d))
        {
            told.AddRange(readers.Where(r => r.Reads(draft)).Select(r => new Told(r, draft, wishes.Of(r.UserId, draft.Kind))));
        }

        var lines = told.Select((t, i) => (Told: t, Alone: t.Draft.Merges ? -1 : i))
            .GroupBy(t => (t.Told.Reader.UserId, t.Told.Draft.AccountId, t.Told.Draft.Kind, t.Told.Draft.Detail, t.Told.Draft.At.Date, t.Alone), t => t.Told).Select(g => g.ToList()).ToList();
        await KeepAsync(work, [.. lines.Where(l => l[0].Wish.InPortal || l[0].IsForDigest)], ct);
        foreach (var line in lines.Where(l => l[0] is { Wish.Mail: MailWish.AtOnce, Reader.IsConfirmed: true } one && NotificationKinds.MailOf(one.Draft.Kind) is NotificationMail.Brief))
        {
            await mails.AtOnceAsync(work, line[0].Reader.To, New(line), ct);
        }
    }

    /// <summary>One line for several: added to the day's that nobody has read yet, or new.</summary>
    private static async Task KeepAsync(PortalTransaction work, IReadOnlyList<List<Told>> lines, CancellationToken ct)
    {
        var users = lines.Select(l => l[0].Reader.UserId).Distinct().ToList();
        var from = lines.Count == 0 ? work.Now : lines.Min(l => l[^1].Draft.At).Date;
        var open = users.Count == 0 ? [] : await work.Db.Notifications.AsNoTracking()
            .Where(n => users.Contains(n.UserId) && n.ReadAt == null && n.DigestedAt == null && n.At >= from).OrderByDescending(n => n.Id).ToListAsync(ct);
        foreach (var line in lines)
        {
            var last = New(line);
            var at = line[^1].Draft.At;
            var same = line[0].Draft.Merges
                ? open.Find(n => n.UserId == last.UserId && n.AccountId == last.AccountId && n.Kind == last.Kind && n.Detail == last.Detail && n.At.Date == at.Date && n.IsInPortal == last.IsInPortal && n.IsForDigest == last.IsForDigest)
                : null;
            // Somebody may read it, or mail it, at this moment: then what came after stands in a line of its own.
            if (same is null || await work.Db.Notifications.Where(n => n.Id == same.Id && n.ReadAt == null && n.DigestedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(n => n.Count, n => n.Count + line.Count).SetProperty(n => n.At, at).SetProperty(n => n.RecordId, (long?)null).SetProperty(n => n.SubjectId, (long?)null), ct) == 0)
            {
                work.Db.Notifications.Add(last);
            }

            if (last.IsInPortal)
            {
                work.Signal(ChannelOf(last.UserId));
            }
        }
    }

    private static Notification New(IReadOnlyList<Told> line)
    {
        var last = line[^1];
        var words = last.Draft.Words?.Invoke(last.Reader.To.Language) ?? "";
        return new Notification(
            last.Reader.UserId, last.Draft, line.Count, last.Wish.InPortal, last.IsForDigest,
            words.Length > Notification.WordsLength ? words[..Notification.WordsLength] : words);
    }

    /// <summary>Everybody who reads any of it. Who is disabled may read nothing.</summary>
    private static async Task<List<Reader>> ReadersAsync(PortalDbContext db, IReadOnlyList<NotificationDraft> drafts, CancellationToken ct)
    {
        var accounts = drafts.Select(d => d.AccountId).OfType<long>().Distinct().ToList();
        var readers = accounts.Count == 0 ? [] : await (
            from m in db.Members
            join u in db.Users on m.UserId equals u.Id
            where accounts.Contains(m.AccountId) && u.DisabledAt == null
            orderby u.Id
            select new Reader(u.Id, m.AccountId, m.Role, new MailRecipient(u.Email!, u.FullName, u.Language), u.EmailConfirmed)).ToListAsync(ct);
        if (drafts.Any(d => d.AccountId is null))
        {
            readers.AddRange(await (
                from u in db.Users
                where u.DisabledAt == null && db.UserRoles.Any(r => r.UserId == u.Id)
                orderby u.Id
                select new Reader(u.Id, null, null, new MailRecipient(u.Email!, u.FullName, u.Language), u.EmailConfirmed)).ToListAsync(ct));
        }

        return readers;
    }

    private static async Task<Wishes> WishesAsync(PortalDbContext db, IReadOnlyList<Reader> readers, CancellationToken ct)
    {
        var users = readers.Select(r => r.UserId).Distinct().ToList();
        var kept = await db.UserPreferences.AsNoTracking().Where(p => users.Contains(p.UserId) && p.Key.StartsWith(NotificationWish.Keys)).ToListAsync(ct);
        return new Wishes(kept.ToDictionary(p => (p.UserId, p.Key), p => p.Value));
    }

    private sealed record Reader(long UserId, long? AccountId, MemberRole? Role, MailRecipient To, bool IsConfirmed)
    {
        public bool Reads(NotificationDraft draft) => draft.AccountId == AccountId && draft.ByUserId != UserId
            && (AccountId is null || NotificationKinds.Reads(Role, NotificationKinds.AudienceOf(draft.Kind)));
    }

    private sealed record Told(Reader Reader, NotificationDraft Draft, NotificationWish Wish)
    {
        public bool IsForDigest => Wish.Mail is MailWish.Daily && NotificationKinds.MailOf(Draft.Kind) is not NotificationMail.Always;
    }

    private sealed record Wishes(IReadOnlyDictionary<(long UserId, string Key), string> Kept)
    {
        public NotificationWish Of(long userId, NotificationKind kind) => NotificationWish.Read(kind, Kept.GetValueOrDefault((userId, NotificationWish.KeyOf(kind))));
    }
}
