using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases;

/// <summary>What refunds take back of a purchase and of its lines, by effective time: the same in whichever order they came.</summary>
public static class RefundOrder
{
    /// <summary>What each refund takes of the base, in their order.</summary>
    /// <param name="whole">The purchase's base; minor units.</param>
    /// <param name="currency">The purchase's; a refund in another takes nothing.</param>
    /// <param name="refunds">In order; an amount of null takes all that is left.</param>
    public static long[] Take(long whole, string currency, IReadOnlyList<(long? Amount, string Currency)> refunds)
    {
        var left = whole;
        var taken = new long[refunds.Count];
        for (var i = 0; i < refunds.Count; i++)
        {
            taken[i] = refunds[i].Currency == currency ? Math.Min(refunds[i].Amount ?? left, left) : 0;
            left -= taken[i];
        }

        return taken;
    }

    /// <summary>What is taken back of each line by then.</summary>
    /// <param name="granted">Minor units of each line.</param>
    /// <param name="taken">As <see cref="Take"/> gives it.</param>
    /// <param name="whole">The purchase's base.</param>
    public static long[] Reverse(IReadOnlyList<long> granted, IReadOnlyList<long> taken, long whole)
    {
        var soFar = taken.Sum();
        return soFar == 0 ? new long[granted.Count] : Apportion.TakeBack(granted, soFar, whole);
    }

    /// <summary>Whether another refund fits: in its place by time it is taken whole, and so is every other that names an amount.</summary>
    public static bool Fits(long whole, string currency, IReadOnlyList<(long? Amount, string Currency)> refunds) =>
        Take(whole, currency, refunds).Zip(refunds).All(x => x.Second.Currency != currency || x.First == x.Second.Amount || x.Second.Amount is null);
}
