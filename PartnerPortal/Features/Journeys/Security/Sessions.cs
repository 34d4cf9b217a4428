using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>A sign-in of a person, for the person itself.</summary>
/// <param name="Id">To end it by.</param>
/// <param name="UserAgent">What the browser called itself.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastSeenAt">UTC, to the quarter of an hour.</param>
/// <param name="IsThis">It is the one that asks.</param>
public sealed record SessionRow(long Id, string UserAgent, DateTime CreatedAt, DateTime LastSeenAt, bool IsThis);

/// <summary>Where a person is signed in.</summary>
public sealed class SessionQueries(PortalDb portal)
{
    /// <param name="own">The key of the session that asks; null when it has none.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<SessionRow>> OfAsync(string? own, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await db.UserSessions.Where(s => s.UserId == actor.UserId && s.EndedAt == null)
            .OrderByDescending(s => s.Key == own).ThenByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id)
            .Select(s => new SessionRow(s.Id, s.UserAgent, s.CreatedAt, s.LastSeenAt, s.Key == own)).ToListAsync(ct);
    }
}

/// <summary>Notes that somebody signs in, before the cookie is written.</summary>
public sealed class OpenSession(PortalDb portal)
{
    /// <param name="userId">Who signs in.</param>
    /// <param name="userAgent">What its browser calls itself.</param>
    /// <param name="source">Of <see cref="SourceSeal"/>; empty when not known.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The key for the cookie.</returns>
    public async Task<string> ExecuteAsync(long userId, string userAgent, string source, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await using var work = await portal.BeginAsync(ct);
        work.Db.UserSessions.Add(new UserSession(userId, key, userAgent, source, work.Now));
        await work.CommitAsync(ct);
        return key;
    }
}

/// <summary>A person ends sign-ins of its own, on a device it lost or does not know. Open pages there ask to sign in within seconds.</summary>
public sealed class EndSessions(PortalDb portal)
{
    /// <param name="id">The one to end; null ends all but <paramref name="keep"/>.</param>
    /// <param name="keep">The key of the session that asks; null keeps none.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many were ended.</returns>
    public async Task<Result<int>> ExecuteAsync(long? id, string? keep, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var ended = await work.Db.UserSessions.Where(s => s.UserId == userId && s.EndedAt == null && (id == null ? s.Key != keep : s.Id == id)).ToListAsync(ct);
        if (ended.Count == 0)
        {
            return 0;
        }

        ended.ForEach(s => s.End(work.Now));
        work.Audit(actor, AuditActions.UserSessionEnded, ("user", userId), null, new { count = ended.Count });
        await work.CommitAsync(ct);
        return ended.Count;
    }

    /// <summary>The person signed out: its session is over.</summary>
    public async Task SignedOutAsync(string key, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.UserSessions.FirstOrDefaultAsync(s => s.Key == key, ct) is { } session)
        {
            session.End(work.Now);
            // Other tabs of the browser have lost the cookie too.
            work.Signal(AccessSignals.OfUser(session.UserId));
            await work.CommitAsync(ct);
        }
    }
}

/// <summary>A session was used; asked for at most every quarter of an hour.</summary>
public sealed class RecordSessionSeen(PortalDb portal)
{
    public async Task ExecuteAsync(string key, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.Db.UserSessions.Where(s => s.Key == key).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, work.Now), ct);
        await work.CommitAsync(ct);
    }
}
