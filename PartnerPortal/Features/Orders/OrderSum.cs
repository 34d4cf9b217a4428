using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Orders;

/// <summary>What an order comes to, in minor units of one currency.</summary>
/// <param name="Price">Before discount and without tax.</param>
/// <param name="Discount">Taken off the price; never more than it.</param>
/// <param name="Tax">On what is left of the price.</param>
public sealed record OrderSum(long Price, long Discount, long Tax)
{
    public long Net => Price - Discount;

    public long Total => Net + Tax;

    /// <param name="price">Minor units.</param>
    /// <param name="discount">What the referred client is spared, if it is spared anything.</param>
    /// <param name="taxBasisPoints">Hundredths of a percent; half a minor unit is rounded up.</param>
    /// <param name="currency">ISO 4217.</param>
    public static OrderSum Of(long price, ClientDiscount? discount, int taxBasisPoints, string currency)
    {
        var off = discount?.Of(price, currency, isFirstPurchase: true) ?? 0;
        return new OrderSum(price, off, Apportion.Rounded(price - off, taxBasisPoints, 10_000));
    }
}
