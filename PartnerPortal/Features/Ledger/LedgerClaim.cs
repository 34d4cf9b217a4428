namespace PartnerPortal.Features.Ledger;

/// <summary>
/// That an entry of a partner's available money belongs to a payout. Written once and never changed, one an entry: what was claimed by one payout is in no other, so that nobody
/// is paid twice for the same earning. The entry by which the payout takes the money is claimed by it too, and so its claims sum to zero.
/// </summary>
public sealed class LedgerClaim
{
    private LedgerClaim()
    {
    }

    /// <summary>The entry's id.</summary>
    public long Id { get; private set; }

    public long PayoutId { get; private set; }
}
