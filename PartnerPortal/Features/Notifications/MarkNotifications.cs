using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>What was marked as read together.</summary>
/// <param name="At">UTC; by it the act is taken back.</param>
/// <param name="Count">How many were new.</param>
public sealed record MarkedNotifications(DateTime At, int Count);

/// <summary>Marks one, or all that the actor sees, as read. It is not a change of the business and has no audit entry.</summary>
public sealed class MarkNotifications(PortalDb portal)
{
    /// <param name="id">Null for all.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<MarkedNotifications>> ExecuteAsync(long? id, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId || actor.Acting is not null)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var now = work.Now;
        var count = await NotificationQueries.Visible(work.Db, actor).Where(n => n.ReadAt == null && (id == null || n.Id == id)).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), ct);
        if (count > 0)
        {
            work.Signal(NotificationBook.ChannelOf(userId));
            await work.CommitAsync(ct);
        }

        return new MarkedNotifications(now, count);
    }
}

/// <summary>Takes back that something was marked as read.</summary>
public sealed class UnmarkNotifications(PortalDb portal)
{
    /// <param name="marked">As <see cref="MarkNotifications"/> told.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(MarkedNotifications marked, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId || actor.Acting is not null)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await NotificationQueries.Visible(work.Db, actor).Where(n => n.ReadAt == marked.At).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, (DateTime?)null), ct);
        work.Signal(NotificationBook.ChannelOf(userId));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>Deletes what is older than <see cref="Notification.KeepDays"/> days.</summary>
public sealed class ForgetNotifications(PortalDb portal)
{
    public async Task ExecuteAsync(CancellationToken ct)
    {
        var before = portal.Now.AddDays(-Notification.KeepDays);
        var day = DateOnly.FromDateTime(before);
        await portal.WriteAsync(db => db.Notifications.Where(n => n.At < before).ExecuteDeleteAsync(ct), ct);
        await portal.WriteAsync(db => db.NotificationDigests.Where(d => d.Day < day).ExecuteDeleteAsync(ct), ct);
    }
}
