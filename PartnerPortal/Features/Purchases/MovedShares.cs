using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a purchase gives whom, after what staff moved.</summary>
/// <param name="From">From whom something was moved.</param>
/// <param name="Held">Who has the moved share now, and until when (UTC) it may be moved back.</param>
internal sealed record MovedShares(IReadOnlyList<Share> Shares, IReadOnlyCollection<long> From, (long PartnerId, DateTime Until)? Held)
{
    /// <summary>
    /// Moves the first level's share from partner to partner, in order. A move of what the partner does not have, as facts that came later say, moves nothing; neither does one to a
    /// partner who is at another level of the same purchase, as a partner has one line of a purchase.
    /// </summary>
    public static MovedShares Of(IReadOnlyList<Share> shares, IEnumerable<CommissionMove> moves)
    {
        List<Share>? now = null;
        var from = new HashSet<long>();
        (long, DateTime)? held = null;
        foreach (var move in moves)
        {
            now ??= [.. shares];
            var index = now.FindIndex(s => s.Level == 1 && s.PartnerId == move.FromPartnerId);
            if (index < 0 || now.Exists(s => s.PartnerId == move.ToPartnerId))
            {
                continue;
            }

            var original = shares[index];
            now[index] = original with { PartnerId = move.ToPartnerId, Reason = move.ToPartnerId == original.PartnerId || original.Amount == 0 ? original.Reason : ShareReason.MovedHere };
            from.Add(move.FromPartnerId);
            held = move.HeldUntil is { } until ? (move.ToPartnerId, until) : null;
        }

        return new MovedShares(now ?? shares, from, held);
    }
}
