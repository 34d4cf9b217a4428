namespace PartnerPortal.Features.Events;

/// <summary>Something that happened, as the audit log tells it. Holds ids and sums and no personal data: who reads it looks people up, as they are then and as the reader may see them.</summary>
/// <param name="Id">Of the audit entry; what happened to a client later has a higher one.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="At">UTC.</param>
public sealed record PortalEvent(long Id, string Kind, DateTime At)
{
    /// <summary>The client's account; null when none is concerned, or it has none yet.</summary>
    public long? ClientId { get; init; }

    /// <summary>The partner whose client it is, or whose money: for a purchase the first level. Null when there is none.</summary>
    public long? PartnerId { get; init; }

    /// <summary>Whose client it was before; of <see cref="EventKinds.ClientReassigned"/> alone.</summary>
    public long? FormerPartnerId { get; init; }

    /// <summary>The line in the list of <see cref="PartnerId"/>, where the client stands in it.</summary>
    public long? RecordId { get; init; }

    public long? InvitationId { get; init; }

    public long? PurchaseId { get; init; }

    public long? RefundId { get; init; }

    public long? PayoutId { get; init; }

    /// <summary>How a client came or why it left, as the name of <c>CameBy</c> or <c>AttributionEnd</c>; null for other kinds.</summary>
    public string? How { get; init; }

    /// <summary>Of a purchase: the client had none before, from anywhere. True for exactly one of a client's.</summary>
    public bool? IsFirst { get; init; }

    /// <summary>Minor units: a purchase's price before discount and without tax, what a refund took back, or what was paid out. Null for other kinds.</summary>
    public long? Amount { get; init; }

    /// <summary>Of a purchase; minor units.</summary>
    public long? Discount { get; init; }

    /// <summary>Of a purchase; minor units.</summary>
    public long? Tax { get; init; }

    /// <summary>ISO 4217, of the amount.</summary>
    public string? Currency { get; init; }

    /// <summary>Of a purchase, or the refunded one.</summary>
    public string? Product { get; init; }

    /// <summary>What the source calls the purchase, or the refund.</summary>
    public string? ExternalId { get; init; }

    /// <summary>UTC; when it was bought or given back, which may be long before it was told. Null for other kinds.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>The run of an automation that made it happen; null for what people and machines did.</summary>
    public long? RunId { get; init; }

    /// <summary>All partners that may know of it, each once.</summary>
    public IReadOnlyList<long> Partners { get; init; } = [];
}

/// <summary>What a reader has not read yet.</summary>
/// <param name="From">Where it stands; null for one that has never read.</param>
public sealed record NewEvents(long? From, EventBatch Batch);

/// <summary>Some of what happened.</summary>
/// <param name="Events">In order.</param>
/// <param name="Position">From where to read on.</param>
public sealed record EventBatch(IReadOnlyList<PortalEvent> Events, long Position);
