namespace PartnerPortal.Features.Purchases;

/// <summary>That a purchase was given back, wholly or in part. It may come before its purchase; then it waits.</summary>
public sealed class Refund
{
    private Refund()
    {
    }

    internal Refund(RefundRequest request, string purchaseExternalId, string bodyHash, DateTime now)
    {
        Source = request.Source;
        ExternalId = request.ExternalId;
        PurchaseExternalId = purchaseExternalId;
        Amount = request.Amount;
        Currency = request.Currency;
        OccurredAt = request.OccurredAt < now ? request.OccurredAt : now;
        ReceivedAt = now;
        BodyHash = bodyHash;
    }

    public long Id { get; private set; }

    /// <summary>The purchase's source.</summary>
    public string Source { get; private set; } = "";

    /// <summary>What the source calls the refund; unique with the source.</summary>
    public string ExternalId { get; private set; } = "";

    public string PurchaseExternalId { get; private set; } = "";

    /// <summary>Null while its purchase has not come.</summary>
    public long? PurchaseId { get; private set; }

    /// <summary>Minor units of the purchase's base; null for all that is left at its time.</summary>
    public long? Amount { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>UTC; never after it was received.</summary>
    public DateTime OccurredAt { get; private set; }

    public DateTime ReceivedAt { get; private set; }

    public string BodyHash { get; private set; } = "";

    /// <summary>
    /// Minor units that it took back. Less than the amount, or nothing, when it came before its purchase and turned out to be in another currency or more than was left.
    /// </summary>
    public long Applied { get; private set; }

    public static int InOrder(Refund left, Refund right)
    {
        var byTime = left.OccurredAt.CompareTo(right.OccurredAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.ExternalId, right.ExternalId);
    }

    internal bool Tells(RefundRequest request, string purchaseExternalId) =>
        PurchaseExternalId == purchaseExternalId && Amount == request.Amount && Currency == request.Currency
        && (OccurredAt == request.OccurredAt || (OccurredAt == ReceivedAt && request.OccurredAt > OccurredAt));

    internal void Find(long purchaseId) => PurchaseId = purchaseId;

    internal void Apply(long amount) => Applied = amount;
}
