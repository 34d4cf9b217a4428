using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Which lines to show; null leaves a part open.</summary>
/// <param name="UserId">Of one person.</param>
/// <param name="GrantId">By one grant.</param>
public sealed record DiaryFilter(long? UserId, long? GrantId);

/// <summary>A line of the access diary.</summary>
/// <param name="At">UTC.</param>
/// <param name="Person">Who it was, by name.</param>
/// <param name="PartnerName">On whose part; null for support.</param>
/// <param name="Action">A name of <see cref="AuditActions"/>.</param>
/// <param name="Details">JSON; null when there are none.</param>
/// <param name="GrantId">Null for a record that support opened at its desk.</param>
public sealed record DiaryLine(long Id, DateTime At, string Person, string? PartnerName, string Action, string? Details, long? GrantId);

/// <summary>Somebody who has lines in the diary.</summary>
public sealed record DiaryPerson(long UserId, string Name, string? PartnerName);

/// <summary>What others did in an account by its grants, and when support looked it up, for its members to read.</summary>
public sealed class AccessDiaryQueries(PortalDb portal)
{
    private const int Size = 25;
    private const int ExportedAtOnce = 500;

    /// <summary>Newest first; nothing for who works in no account.</summary>
    public async Task<Page<DiaryLine>> FindAsync(DiaryFilter filter, string? cursor, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(Matching(db, filter, actor.AccountId ?? 0), e => e.Id, rows => Lines(db, rows), line => line.Id, cursor, Size, ct);
    }

    /// <summary>Who is in the diary, by name.</summary>
    public async Task<IReadOnlyList<DiaryPerson>> PeopleAsync(Actor actor, CancellationToken ct)
    {
        var own = actor.AccountId ?? 0;
        await using var db = await portal.ReadAsync(ct);
        var people = await Matching(db, new DiaryFilter(null, null), own).Where(e => e.ActorUserId != null)
            .GroupBy(e => new { e.ActorUserId, PartnerId = e.GrantId == null ? null : e.ActorAccountId })
            .Select(g => new { UserId = g.Key.ActorUserId!.Value, g.Key.PartnerId, Name = g.Max(e => e.ActorName)! })
            .ToListAsync(ct);
        var ids = people.Select(p => p.PartnerId).OfType<long>().Distinct().ToList();
        var partners = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return [.. people.OrderBy(p => p.Name, StringComparer.CurrentCulture).Select(p => new DiaryPerson(p.UserId, p.Name, p.PartnerId is { } partner ? partners[partner] : null))];
    }

    /// <summary>All matching lines, newest first, read as they are asked for.</summary>
    internal async IAsyncEnumerable<DiaryLine> AllAsync(DiaryFilter filter, long accountId, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        for (var before = long.MaxValue; ;)
        {
            var id = before;
            var lines = await Lines(db, Matching(db, filter, accountId).Where(e => e.Id < id).OrderByDescending(e => e.Id).Take(ExportedAtOnce)).ToListAsync(ct);
            foreach (var line in lines)
            {
                yield return line;
            }

            if (lines.Count < ExportedAtOnce)
            {
                yield break;
            }

            before = lines[^1].Id;
        }
    }

    private static IQueryable<AuditEntry> Matching(PortalDbContext db, DiaryFilter filter, long accountId)
    {
        var entries = db.AuditEntries.Where(e => e.AccountId == accountId && (e.GrantId != null || e.Action == AuditActions.AccessRecordRead));
        entries = filter.UserId is { } userId ? entries.Where(e => e.ActorUserId == userId) : entries;
        return filter.GrantId is { } grantId ? entries.Where(e => e.GrantId == grantId) : entries;
    }

    private static IQueryable<DiaryLine> Lines(PortalDbContext db, IQueryable<AuditEntry> entries) => entries.Select(e => new DiaryLine(
        e.Id, e.At, e.ActorName, db.Accounts.Where(a => e.GrantId != null && a.Id == e.ActorAccountId).Select(a => a.Name).FirstOrDefault(), e.Action, e.Details, e.GrantId));
}

/// <summary>Takes the diary out of the portal as a table, for any member of the account.</summary>
public sealed class ExportDiary(PortalDb portal, AccessDiaryQueries queries)
{
    /// <returns>The lines, read as they are asked for.</returns>
    public async Task<Result<IAsyncEnumerable<DiaryLine>>> ExecuteAsync(DiaryFilter filter, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } own)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.AccessDiaryExported, ("account", own), own);
        await work.CommitAsync(ct);
        return Result<IAsyncEnumerable<DiaryLine>>.Success(queries.AllAsync(filter, own, ct));
    }
}
