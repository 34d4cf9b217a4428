namespace PartnerPortal.Features.Orders;

public enum OrderState
{
    /// <summary>Waits for the payment.</summary>
    Open,

    Paid,

    /// <summary>Taken back by the client or by support before it was paid.</summary>
    Cancelled,

    /// <summary>Not paid in time.</summary>
    Expired,
}

/// <summary>How an order was paid.</summary>
public enum PaymentWay
{
    Transfer,
    Card,
}

/// <summary>
/// That a client wants to buy a plan, with a copy of its terms at that time. While it is open, and once it is paid, it holds the first-purchase discount that it was
/// given; the database lets only one order of a client hold it.
/// </summary>
public sealed class Order
{
    public const int ReferenceLength = 200;
    public const int FormKeyLength = 64;

    /// <summary>How long a payment is waited for.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    private Order()
    {
    }

    internal Order(long clientId, long userId, Plan plan, string currency, OrderSum sum, long? partnerId, string formKey, DateTime now)
    {
        (ClientId, UserId, FormKey, PartnerId) = (clientId, userId, formKey, partnerId);
        (PlanCode, PlanName, Period, TaxBasisPoints) = (plan.Code, plan.Name, plan.Period, plan.TaxBasisPoints);
        (Currency, Price, Discount, Tax) = (currency, sum.Price, sum.Discount, sum.Tax);
        HoldsDiscount = sum.Discount > 0;
        (PlacedAt, ExpiresAt) = (now, now + Lasts);
    }

    public long Id { get; private set; }

    /// <summary>The account that buys.</summary>
    public long ClientId { get; private set; }

    /// <summary>Who placed it.</summary>
    public long UserId { get; private set; }

    /// <summary>Of the form that was sent; the same form sent again makes no second order.</summary>
    public string FormKey { get; private set; } = "";

    public string PlanCode { get; private set; } = "";

    public string PlanName { get; private set; } = "";

    public PlanPeriod Period { get; private set; }

    public int TaxBasisPoints { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Minor units, before discount and without tax.</summary>
    public long Price { get; private set; }

    /// <summary>Minor units.</summary>
    public long Discount { get; private set; }

    /// <summary>Minor units, on top.</summary>
    public long Tax { get; private set; }

    /// <summary>Whose terms gave the discount; null when there was none.</summary>
    public long? PartnerId { get; private set; }

    /// <summary>No other order of the client can have the first-purchase discount.</summary>
    public bool HoldsDiscount { get; private set; }

    public OrderState State { get; private set; }

    public DateTime PlacedAt { get; private set; }

    /// <summary>UTC; an open order lapses then.</summary>
    public DateTime ExpiresAt { get; private set; }

    /// <summary>UTC; until then a page on which it is paid by card may be open, so that it can neither lapse nor be taken back.</summary>
    public DateTime? CheckoutUntil { get; private set; }

    /// <summary>UTC; when the payment was found.</summary>
    public DateTime? PaidAt { get; private set; }

    public PaymentWay? PaidBy { get; private set; }

    /// <summary>What stands on the bank's statement, or the payment's id at the card processor; null when nothing was noted.</summary>
    public string? PaymentReference { get; private set; }

    /// <summary>UTC; when it was taken back or lapsed.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>The purchase that came of it; null until it is recorded, right after it was paid.</summary>
    public long? PurchaseId { get; private set; }

    public OrderSum Sum => new(Price, Discount, Tax);

    /// <summary>Null when it was paid now; else why it was not.</summary>
    /// <param name="way">How.</param>
    /// <param name="reference">What tells the payment.</param>
    /// <param name="isFree">No other order holds the discount, nor was it used otherwise.</param>
    /// <param name="isFact">The money is there, so that there is nothing to decide.</param>
    /// <param name="now">UTC.</param>
    internal OrderProblem? Pay(PaymentWay way, string? reference, bool isFree, bool isFact, DateTime now)
    {
        switch (State)
        {
            case OrderState.Paid:
                return OrderProblem.PaidAlready;
            case OrderState.Cancelled or OrderState.Expired when !isFact && Discount > 0 && !isFree:
                return OrderProblem.DiscountUsedMeanwhile;
            case OrderState.Cancelled or OrderState.Expired:
                // It gave the discount back when it ended; another may have it now.
                HoldsDiscount = Discount > 0 && isFree;
                break;
            case OrderState.Open:
                break;
        }

        (State, PaidAt, PaidBy, PaymentReference, ClosedAt) = (OrderState.Paid, now, way, reference, null);
        return null;
    }

    internal OrderProblem? Cancel(DateTime now) => End(OrderState.Cancelled, now);

    internal OrderProblem? Expire(DateTime now) => ExpiresAt > now ? OrderProblem.NotOpen : End(OrderState.Expired, now);

    internal void OpenCheckout(DateTime until) => CheckoutUntil = until;

    private OrderProblem? End(OrderState state, DateTime now)
    {
        if (State is not OrderState.Open)
        {
            return OrderProblem.NotOpen;
        }

        if (CheckoutUntil > now)
        {
            return OrderProblem.CheckoutOpen;
        }

        (State, ClosedAt, HoldsDiscount) = (state, now, false);
        return null;
    }
}
