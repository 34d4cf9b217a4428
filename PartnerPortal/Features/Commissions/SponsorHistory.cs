using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Commissions;

/// <summary>Who was whose sponsor when: of some partners and of all who ever stood above them.</summary>
internal sealed class SponsorHistory
{
    /// <summary>How far up is looked; far more than ten levels, since inactive ones may be passed over.</summary>
    public const int Height = 64;

    /// <summary>By account, in order: from when on whom it had, null for nobody.</summary>
    private readonly Dictionary<long, List<(long? Sponsor, DateTime From)>> _spans = [];

    private SponsorHistory(IReadOnlyCollection<long> all) => All = all.ToList();

    /// <summary>The partners and all who ever stood above them.</summary>
    public List<long> All { get; }

    public static async Task<SponsorHistory> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, CancellationToken ct)
    {
        var (all, present, changes) = (partnerIds.ToHashSet(), new Dictionary<long, long>(), new List<SponsorChange>());
        for (var next = all.ToList(); next.Count > 0;)
        {
            var steps = await UpAsync(db, next, ct);
            foreach (var step in steps.Where(s => s.SponsorId is not null))
            {
                present[step.Id] = step.SponsorId!.Value;
            }

            all.UnionWith(steps.Select(s => s.Id));
            all.UnionWith(present.Values);
            // Staff changes few: whom a change names and nobody met yet is looked up in its turn.
            var changed = steps.Where(s => s.IsChanged).Select(s => s.Id).ToList();
            var its = changed.Count == 0 ? [] : await db.SponsorChanges.AsNoTracking().Where(c => changed.Contains(c.AccountId)).ToListAsync(ct);
            changes.AddRange(its);
            next = [.. its.SelectMany(c => new[] { c.FromSponsorId, c.ToSponsorId }).OfType<long>().Distinct().Where(all.Add)];
        }

        var history = new SponsorHistory(all);
        if (all.Count > 0)
        {
            await history.DateAsync(db, present, changes.DistinctBy(c => c.Id).ToLookup(c => c.AccountId), ct);
        }

        return history;
    }

    /// <summary>The sponsor of an account at a time (UTC); null for none.</summary>
    public long? At(long accountId, DateTime at) => _spans.TryGetValue(accountId, out var spans) ? spans.FindLast(s => s.From <= at).Sponsor : null;

    /// <summary>A sponsor counts from the start of the first attribution, which made it one, or from the time that staff's change says.</summary>
    private async Task DateAsync(PortalDbContext db, Dictionary<long, long> present, ILookup<long, SponsorChange> changes, CancellationToken ct)
    {
        var ids = present.Keys.Union(changes.Select(c => c.Key)).ToList();
        var starts = (await db.Attributions.Where(a => ids.Contains(a.ClientId)).Select(a => new Start(a.ClientId, a.PartnerId, a.StartedAt, a.UndoneAt != null)).ToListAsync(ct)).ToLookup(s => (s.ClientId, s.PartnerId));
        foreach (var id in ids)
        {
            var (spans, its) = (new List<(long?, DateTime)>(), changes[id].OrderBy(c => c.CountsFrom).ThenBy(c => c.Id).ToList());
            var now = present.TryGetValue(id, out var sponsor) ? sponsor : (long?)null;
            AddMade(its.Count > 0 ? its[0].FromSponsorId : now, DateTime.MinValue);
            spans.AddRange(its.Select(c => (c.ToSponsorId, c.CountsFrom)));
            if (its.Count > 0 && now is not null && now != its[^1].ToSponsorId)
            {
                // Staff had taken the sponsor away, and a first attribution made another.
                AddMade(now, its[^1].CountsFrom);
            }

            _spans[id] = spans;

            void AddMade(long? of, DateTime least)
            {
                if (of is { } made && StartOf(starts[(id, made)].ToList()) is { } from)
                {
                    spans.Add((made, from > least ? from : least));
                }
            }
        }
    }

    /// <returns>Null when all that made it was undone.</returns>
    private static DateTime? StartOf(List<Start> starts) => starts switch
    {
        [] => DateTime.MinValue,
        _ when starts.TrueForAll(s => s.IsUndone) => null,
        _ => starts.Where(s => !s.IsUndone).Min(s => s.At),
    };

    private static async Task<List<Step>> UpAsync(PortalDbContext db, List<long> partnerIds, CancellationToken ct)
    {
        if (partnerIds.Count == 0)
        {
            return [];
        }

        // UNION draws together what several partners have above them.
        var sql = $$"""
            WITH RECURSIVE up(id, sponsor, height) AS (
                SELECT "Id", "SponsorId", 1 FROM "Accounts" WHERE "Id" IN ({{string.Join(", ", partnerIds.Select((_, i) => $"{{{i}}}"))}})
                UNION
                SELECT a."Id", a."SponsorId", up.height + 1 FROM "Accounts" a JOIN up ON a."Id" = up.sponsor WHERE up.height <= {{Height}})
            SELECT DISTINCT id AS "Id", sponsor AS "SponsorId", EXISTS (SELECT 1 FROM "SponsorChanges" c WHERE c."AccountId" = up.id) AS "IsChanged" FROM up
            """;
        return await db.Database.SqlQueryRaw<Step>(sql, [.. partnerIds]).ToListAsync(ct);
    }

    /// <summary>One account and its sponsor, which may have been another.</summary>
    private sealed record Step(long Id, long? SponsorId, bool IsChanged);

    private sealed record Start(long ClientId, long PartnerId, DateTime At, bool IsUndone);
}
