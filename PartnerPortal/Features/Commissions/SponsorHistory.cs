using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Commissions;

/// <summary>Who was whose sponsor when: of some partners and of all who ever stood above them.</summary>
internal sealed class SponsorHistory
{
    /// <summary>How far up is looked; far more than ten levels, since inactive ones may be passed over.</summary>
    public const int Height = 64;

    /// <summary>By account, in order: from when on whom it had, null for nobody.</summary>
    private readonly Dictionary<long, List<(long? Sponsor, DateTime From)>> _spans = [];

    /// <param name="rows">Of the partners and all who ever stood above them.</param>
    public SponsorHistory(SponsorRows rows) => Date(rows.Sponsors, rows.Changes.ToLookup(c => c.AccountId), rows.Attributions.ToLookup(a => (a.ClientId, a.PartnerId)));

    /// <summary>The sponsor of an account at a time (UTC); null for none.</summary>
    public long? At(long accountId, DateTime at) => _spans.TryGetValue(accountId, out var spans) ? spans.FindLast(s => s.From <= at).Sponsor : null;

    /// <summary>A sponsor counts from the start of the first attribution, which made it one, or from the time that staff's change says.</summary>
    private void Date(Dictionary<long, long> present, ILookup<long, SponsorChange> changes, ILookup<(long, long), Attribution> starts)
    {
        foreach (var id in present.Keys.Union(changes.Select(c => c.Key)))
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
    private static DateTime? StartOf(List<Attribution> starts) => starts switch
    {
        [] => DateTime.MinValue,
        _ when starts.TrueForAll(s => s.UndoneAt is not null) => null,
        _ => starts.Where(s => s.UndoneAt is null).Min(s => s.StartedAt),
    };
}
