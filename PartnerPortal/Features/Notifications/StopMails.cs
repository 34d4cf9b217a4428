using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>No such link, or the person is gone.</summary>
public sealed record NoSuchStop : Error;

/// <summary>What a mailed link stops, as its page shows it.</summary>
/// <param name="Kind">Null for the mail of the day.</param>
public sealed record MailStop(NotificationKind? Kind, bool IsStopped);

/// <summary>Reads by the link alone: it came by mail.</summary>
public sealed class MailStopQueries(PortalDb portal, StopLinkSeal seal)
{
    /// <returns>Null when the link is none of ours, or the person is gone.</returns>
    public async Task<MailStop?> FindAsync(string token, CancellationToken ct)
    {
        if (seal.Open(token) is not { } wish)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var key = wish.Key;
        var kept = await db.UserPreferences.Where(p => p.UserId == wish.UserId && p.Key == key).Select(p => p.Value).FirstOrDefaultAsync(ct);
        return !await db.Users.AnyAsync(u => u.Id == wish.UserId, ct)
            ? null
            : new MailStop(wish.Kind, wish.Kind is { } about ? NotificationWish.Read(about, kept).Mail is not MailWish.AtOnce : kept == PreferenceKeys.Off);
    }
}

/// <summary>"No more such mail", by the link in the mail alone (RFC 8058), and back.</summary>
public sealed class StopMails(PortalDb portal, StopLinkSeal seal)
{
    /// <param name="token">Of the mail.</param>
    /// <param name="stop">False takes it back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string token, bool stop, CancellationToken ct)
    {
        if (seal.Open(token) is not { } wish)
        {
            return new NoSuchStop();
        }

        await using var work = await portal.BeginAsync(ct);
        if (!await work.Db.Users.AnyAsync(u => u.Id == wish.UserId, ct))
        {
            return new NoSuchStop();
        }

        await KeepPreference.CommitAsync(work, wish.UserId, wish.Key, kept => wish.Kind is { } kind
            ? (NotificationWish.Read(kind, kept) with { Mail = stop ? MailWish.Never : MailWish.AtOnce }).Write()
            : stop ? PreferenceKeys.Off : PreferenceKeys.On, ct);
        return Done.Value;
    }
}
