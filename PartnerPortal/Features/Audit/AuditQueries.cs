using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Audit;

/// <summary>Which entries to show; null leaves a part open.</summary>
/// <param name="Action">A name of <see cref="AuditActions"/>.</param>
/// <param name="ActorName">A part of the name, in any spelling.</param>
/// <param name="AccountId">The account the change is about.</param>
/// <param name="From">UTC, included.</param>
/// <param name="Until">UTC, not included.</param>
public sealed record AuditFilter(string? Action, string? ActorName, long? AccountId, DateTime? From, DateTime? Until)
{
    public static readonly AuditFilter None = new(null, null, null, null, null);
}

/// <param name="At">UTC.</param>
/// <param name="ActorUserId">Null when the portal itself or a visitor acted.</param>
/// <param name="Details">JSON; null when there are none.</param>
/// <param name="GrantId">By which the actor acted for the account; null when it acted for itself.</param>
public sealed record AuditRow(long Id, DateTime At, long? ActorUserId, string ActorName, string Action, string SubjectKind, long? SubjectId, long? AccountId, string? Details, long? GrantId = null);

/// <summary>Reads the log, for staff.</summary>
public sealed class AuditQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <summary>Newest first; nothing for anybody but staff.</summary>
    public async Task<Page<AuditRow>> FindAsync(AuditFilter filter, string? cursor, int size, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<AuditRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(
            Matching(db.AuditEntries, filter), e => e.Id,
            rows => rows.Select(e => new AuditRow(e.Id, e.At, e.ActorUserId, e.ActorName, e.Action, e.SubjectKind, e.SubjectId, e.AccountId, e.Details, e.GrantId)),
            row => row.Id, cursor, size, ct);
    }

    private static IQueryable<AuditEntry> Matching(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Action))
        {
            entries = entries.Where(e => e.Action == filter.Action);
        }

        if (filter.AccountId is { } accountId)
        {
            entries = entries.Where(e => e.AccountId == accountId);
        }

        foreach (var word in SearchQuery.Parse(filter.ActorName).Words)
        {
            var pattern = SearchQuery.Pattern(word);
            entries = entries.Where(e => EF.Functions.Like(e.ActorSearch, pattern, "\\"));
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(e => e.At >= from);
        }

        return filter.Until is { } until ? entries.Where(e => e.At < until) : entries;
    }
}
