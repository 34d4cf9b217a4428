namespace PartnerPortal.Features.Commissions;

/// <summary>Divides whole minor units so that nothing is lost or made. 128 bits hold every product of two amounts of at most 10^18.</summary>
public static class Apportion
{
    /// <summary><paramref name="amount"/> × <paramref name="part"/> ÷ <paramref name="whole"/>, half a unit rounded up. None is negative.</summary>
    public static long Rounded(long amount, long part, long whole) => (long)((((Int128)amount * part * 2) + whole) / ((Int128)whole * 2));

    /// <summary>The same, rounded down.</summary>
    public static long Floored(long amount, long part, long whole) => (long)((Int128)amount * part / whole);

    /// <summary>
    /// Divides a total in proportion to weights by the largest remainder: each share is its exact part rounded down or up, and they sum to the total.
    /// Of equal remainders the earlier gets the unit.
    /// </summary>
    /// <param name="total">Minor units, not negative.</param>
    /// <param name="weights">Not negative, and not all zero unless the total is.</param>
    public static long[] LargestRemainder(long total, IReadOnlyList<long> weights)
    {
        var whole = weights.Aggregate((Int128)0, (sum, w) => sum + w);
        var shares = new long[weights.Count];
        if (total == 0)
        {
            return shares;
        }

        var remainders = new Int128[weights.Count];
        var left = total;
        for (var i = 0; i < weights.Count; i++)
        {
            var (share, remainder) = Int128.DivRem((Int128)total * weights[i], whole);
            (shares[i], remainders[i]) = ((long)share, remainder);
            left -= shares[i];
        }

        foreach (var i in Enumerable.Range(0, weights.Count).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take((int)left))
        {
            shares[i]++;
        }

        return shares;
    }

    /// <summary>
    /// How much of each share is taken back once <paramref name="refunded"/> of <paramref name="whole"/> is refunded: in proportion, summing to the rounded proportion of
    /// their total, and never more than was given; all of it at the end. Whole units go by the divisor method of Webster and Sainte-Laguë, which the largest remainder could not
    /// stand in for: of any share no less is taken when more is refunded, and it does not matter in how many steps that was told.
    /// </summary>
    /// <param name="given">What each got.</param>
    /// <param name="refunded">Over all refunds, at most <paramref name="whole"/>.</param>
    /// <param name="whole">Positive.</param>
    public static long[] TakeBack(IReadOnlyList<long> given, long refunded, long whole)
    {
        var total = given.Aggregate((Int128)0, (sum, g) => sum + g);
        var budget = Rounded((long)total, refunded, whole);
        // Each step of the method is all shares rounded by one divisor. This one is a little too large: what it leaves, less than two units a share, goes unit by unit.
        var start = Math.Max(0, budget - given.Count);
        var take = given.Select(g => total == 0 ? 0L : (long)((((Int128)g * start * 2) + total - 1) / (total * 2))).ToArray();
        for (var left = budget - take.Sum(); left > 0; left--)
        {
            var next = 0;
            for (var i = 1; i < take.Length; i++)
            {
                // The larger given / (2 taken + 1), without dividing.
                next = (Int128)given[i] * ((2 * (Int128)take[next]) + 1) > (Int128)given[next] * ((2 * (Int128)take[i]) + 1) ? i : next;
            }

            take[next]++;
        }

        return take;
    }
}
