using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;

namespace PartnerPortal.Features.Commissions;

/// <summary>What is recorded of some partners and all who ever stood above them: sponsors, their changes, the attributions that made them, standings.</summary>
internal sealed class SponsorRows
{
    private readonly HashSet<long> _met = [];
    private List<(long Id, long? SponsorId)> _next = [];

    private SponsorRows()
    {
    }

    /// <summary>Who has one, with it.</summary>
    public Dictionary<long, long> Sponsors { get; } = [];

    public List<SponsorChange> Changes { get; } = [];

    public List<Attribution> Attributions { get; } = [];

    public List<PartnerStanding> Standings { get; } = [];

    /// <param name="ask">Sent before all is read.</param>
    /// <param name="partners">A query for their accounts' ids.</param>
    public static SponsorRows Ask(Questions ask, FormattableString partners)
    {
        var rows = new SponsorRows();
        rows.Climb(ask, partners);
        return rows;
    }

    /// <param name="db">Reads the rest.</param>
    /// <param name="besides">Adds what else is to be asked with it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ReadAsync(PortalDbContext db, Action<Questions> besides, CancellationToken ct)
    {
        var ask = new Questions(db);
        besides(ask);
        while (_next.Count > 0)
        {
            var ids = Questions.In(_next.Select(s => s.Id).Where(_met.Add).ToList());
            foreach (var (id, sponsor) in _next.Where(s => s.SponsorId is not null))
            {
                Sponsors[id] = sponsor!.Value;
            }

            var changes = ask.Entities<SponsorChange>($"WHERE t.\"AccountId\" {ids}");
            var (attributions, standings) = (ask.Entities<Attribution>($"WHERE t.\"ClientId\" {ids}"), ask.Entities<PartnerStanding>($"WHERE t.\"AccountId\" {ids}"));
            await ask.SendAsync(ct);
            Changes.AddRange(changes);
            Attributions.AddRange(attributions);
            Standings.AddRange(standings);
            // Staff changes few sponsors: whom a change names and nobody met yet is looked up in its turn.
            List<long> named = [.. changes.SelectMany(c => new[] { c.FromSponsorId, c.ToSponsorId }).OfType<long>().Distinct().Where(id => !_met.Contains(id))];
            (ask, _next) = (new Questions(db), []);
            if (named.Count > 0)
            {
                var above = new Questions(db);
                Climb(above, $"SELECT a.\"Id\" FROM \"Accounts\" a WHERE a.\"Id\" {Questions.In(named)}");
                await above.SendAsync(ct);
            }
        }
    }

    // UNION draws together what several partners have above them.
    private void Climb(Questions ask, FormattableString partners) => _next = ask.Rows(
        $"""
        WITH RECURSIVE up(id, sponsor, height) AS (
            SELECT "Id", "SponsorId", 1 FROM "Accounts" WHERE "Id" IN ({partners})
            UNION
            SELECT a."Id", a."SponsorId", up.height + 1 FROM "Accounts" a JOIN up ON a."Id" = up.sponsor WHERE up.height <= {SponsorHistory.Height})
        SELECT DISTINCT id, sponsor FROM up
        """,
        r => (r.GetInt64(0), r.IsDBNull(1) ? (long?)null : r.GetInt64(1)));
}
