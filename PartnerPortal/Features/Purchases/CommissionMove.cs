namespace PartnerPortal.Features.Purchases;

/// <summary>
/// That staff moved what a purchase gave the first level from one partner to another. A fact like a purchase: never changed, and reckoned with whenever the purchase is settled.
/// Moving back is one more.
/// </summary>
public sealed class CommissionMove
{
    private CommissionMove()
    {
    }

    /// <param name="purchaseId">Whose line it is.</param>
    /// <param name="clientId">Who bought.</param>
    /// <param name="from">The account that has the line.</param>
    /// <param name="to">The account that gets it.</param>
    /// <param name="reassignmentId">Of the client, with which it goes.</param>
    /// <param name="heldUntil">UTC; see <see cref="HeldUntil"/>.</param>
    /// <param name="now">UTC.</param>
    internal CommissionMove(long purchaseId, long clientId, long from, long to, long reassignmentId, DateTime? heldUntil, DateTime now) =>
        (PurchaseId, ClientId, FromPartnerId, ToPartnerId, ReassignmentId, HeldUntil, At) = (purchaseId, clientId, from, to, reassignmentId, heldUntil, now);

    public long Id { get; private set; }

    public long PurchaseId { get; private set; }

    public long ClientId { get; private set; }

    public long FromPartnerId { get; private set; }

    public long ToPartnerId { get; private set; }

    public long ReassignmentId { get; private set; }

    /// <summary>UTC; not paid out before, since it may be moved back. Null for what was moved back.</summary>
    public DateTime? HeldUntil { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
