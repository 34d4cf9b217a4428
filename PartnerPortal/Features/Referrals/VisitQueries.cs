using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Referrals;

/// <summary>How often an account's link was opened, in all and from where most.</summary>
/// <param name="Total">Of all sources.</param>
/// <param name="Sources">The busiest first; the empty source is the bare link.</param>
public sealed record VisitSummary(long Total, IReadOnlyList<(string Source, long Count)> Sources);

/// <summary>Reads the visits of the actor's own link.</summary>
public sealed class VisitQueries(PortalDb portal, TimeProvider clock)
{
    /// <param name="days">Today and the days before it, by UTC.</param>
    /// <param name="atMost">So many sources are named.</param>
    /// <param name="actor">Whose link.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<VisitSummary> LastDaysAsync(int days, int atMost, Actor actor, CancellationToken ct)
    {
        var after = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-days);
        await using var db = await portal.ReadAsync(ct);
        var sources = await db.VisitCounts.Where(v => v.AccountId == actor.AccountId && v.Day > after)
            .GroupBy(v => v.Source).Select(g => new { Source = g.Key, Count = g.Sum(v => v.Count) })
            .OrderByDescending(s => s.Count).ThenBy(s => s.Source).ToListAsync(ct);
        return new VisitSummary(sources.Sum(s => s.Count), [.. sources.Take(atMost).Select(s => (s.Source, s.Count))]);
    }
}
