using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a book of each of some clients begins with; see <see cref="ClientBook"/>.</summary>
/// <param name="From">UTC; the earliest of the times that were asked for.</param>
/// <param name="Clients">Those that there are: when they bought first before that time (UTC; null for never), and whether they bought from it on.</param>
/// <param name="Attributions">All of these clients.</param>
/// <param name="Sponsors">Who is above the partners of those attributions.</param>
internal sealed record ClientBookRows(DateTime From, List<(long Id, DateTime? Earliest, bool HasLater)> Clients, List<Attribution> Attributions, SponsorRows Sponsors)
{
    /// <param name="ask">Sent before a book is made of the answers.</param>
    /// <param name="from">By client, UTC: since when a book begins.</param>
    public static ClientBookRows Ask(Questions ask, IReadOnlyDictionary<long, DateTime> from)
    {
        var (clients, first) = (Questions.In(from.Keys.ToList()), from.Count > 0 ? from.Values.Min() : DateTime.UnixEpoch);
        return new ClientBookRows(
            first,
            ask.Rows(
                $"""
                SELECT a."Id", (SELECT min(p."OccurredAt") FROM "Purchases" p WHERE p."ClientId" = a."Id" AND p."OccurredAt" < {first}),
                  EXISTS (SELECT 1 FROM "Purchases" p WHERE p."ClientId" = a."Id" AND p."OccurredAt" >= {first}) FROM "Accounts" a WHERE a."Id" {clients}
                """,
                r => (r.GetInt64(0), r.IsDBNull(1) ? (DateTime?)null : DateTime.SpecifyKind(r.GetDateTime(1), DateTimeKind.Utc), r.GetBoolean(2))),
            ask.Entities<Attribution>($"WHERE t.\"ClientId\" {clients}"),
            SponsorRows.Ask(ask, $"""SELECT CASE WHEN c."UndoneAt" IS NULL THEN c."PartnerId" ELSE c."InsteadPartnerId" END FROM "Attributions" c WHERE c."ClientId" {clients}"""));
    }

    /// <summary>Of the partners of those attributions.</summary>
    public Task<PartnerFacts> PartnersAsync(PortalDbContext db, CancellationToken ct) =>
        PartnerFacts.LoadAsync(db, [.. Attributions.Select(a => a.EarningPartnerId).OfType<long>().Distinct()], Sponsors, ct);
}
