using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Attributions;

/// <summary>Noted with a receipt since all that is in play is looked up when it is made: without it, nobody knows what else there was. Never changed.</summary>
public sealed class ReceiptFacts
{
    private ReceiptFacts()
    {
    }

    /// <param name="touchRule">Which of several links counted then.</param>
    /// <param name="claimId">The claim that was decided so; null for none.</param>
    /// <param name="reassignmentId">The reassignment that it was a part of, or that was undone; null for none.</param>
    public ReceiptFacts(TouchRule touchRule, long? claimId = null, long? reassignmentId = null) =>
        (TouchRule, ClaimId, ReassignmentId) = (touchRule, claimId, reassignmentId);

    public long Id { get; private set; }

    public long ReceiptId { get; private set; }

    public TouchRule TouchRule { get; private set; }

    public long? ClaimId { get; private set; }

    public long? ReassignmentId { get; private set; }
}
