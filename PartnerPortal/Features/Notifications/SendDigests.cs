using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>The mail of the day: one to each user who has something in it, in the user's morning. The row of the user and the day makes it one, also when two nodes write it at once.</summary>
public sealed class SendDigests(PortalDb portal, NotificationMails mails)
{
    /// <summary>Not before, in the user's time zone.</summary>
    public const int Hour = 8;

    /// <returns>How many mails were written.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var since = portal.Now.AddDays(-Notification.NewsDays);
        var waiting = await db.Notifications.Where(n => n.DigestedAt == null && n.IsForDigest && n.At > since).Select(n => n.UserId).Distinct().ToListAsync(ct);
        var zones = await db.UserPreferences.Where(p => waiting.Contains(p.UserId) && p.Key == NotificationWish.ZoneKey).ToDictionaryAsync(p => p.UserId, p => p.Value, ct);
        var sent = 0;
        foreach (var userId in waiting.Order())
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(portal.Now, ZoneOf(zones.GetValueOrDefault(userId)));
            if (local.Hour >= Hour && !await db.NotificationDigests.AnyAsync(d => d.UserId == userId && d.Day == DateOnly.FromDateTime(local), ct) && await SendAsync(userId, DateOnly.FromDateTime(local), ct))
            {
                sent++;
            }
        }

        return sent;
    }

    private static TimeZoneInfo ZoneOf(string? kept) => kept is not null && TimeZoneInfo.TryFindSystemTimeZoneById(kept, out var zone) ? zone : TimeZoneInfo.Utc;

    private async Task<bool> SendAsync(long userId, DateOnly day, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        work.Db.NotificationDigests.Add(new NotificationDigest(userId, day));
        try
        {
            // First of all, so that another node waits here.
            await work.SaveAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return false;
        }

        var since = work.Now.AddDays(-Notification.NewsDays);
        var rows = await work.Db.Notifications.AsNoTracking().Where(n => n.UserId == userId && n.DigestedAt == null && n.IsForDigest && n.At > since).OrderBy(n => n.Id).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var now = work.Now;
        await work.Db.Notifications.Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(s => s.SetProperty(n => n.DigestedAt, now), ct);
        var reader = await work.Db.Users.Where(u => u.Id == userId && u.EmailConfirmed && u.DisabledAt == null).Select(u => new MailRecipient(u.Email!, u.FullName, u.Language)).FirstOrDefaultAsync(ct);
        var isStopped = await work.Db.UserPreferences.AnyAsync(p => p.UserId == userId && p.Key == NotificationWish.DigestKey && p.Value == PreferenceKeys.Off, ct);
        var isSent = false;
        if (reader is not null && !isStopped)
        {
            using (Languages.Speak(reader.Language))
            {
                var parts = await PartsAsync(work.Db, userId, rows, ct);
                if (parts.Count > 0)
                {
                    await mails.DigestAsync(work, userId, reader, day, parts, ct);
                    isSent = true;
                }
            }
        }

        await work.CommitAsync(ct);
        return isSent;
    }

    /// <summary>What the user may still see: in the accounts that it is a member of, with its part in them, and as staff.</summary>
    private static async Task<List<DigestPart>> PartsAsync(PortalDbContext db, long userId, List<Notification> rows, CancellationToken ct)
    {
        var seats = await (from m in db.Members join a in db.Accounts on m.AccountId equals a.Id where m.UserId == userId orderby a.Id select new { a.Id, a.Name, m.Role }).ToListAsync(ct);
        var isStaff = await db.UserRoles.AnyAsync(r => r.UserId == userId, ct);
        var seen = rows.Where(r => r.AccountId is { } account
            ? seats.Exists(s => s.Id == account && NotificationKinds.Reads(s.Role, NotificationKinds.AudienceOf(r.Kind)))
            : isStaff).ToList();
        var lines = await NotificationLines.OfAsync(db, seen, ct);
        return [.. lines.GroupBy(l => l.AccountId).OrderBy(g => g.Key is null).ThenBy(g => g.Key)
            .Select(g => new DigestPart(seats.Find(s => s.Id == g.Key)?.Name, [.. g]))];
    }
}
