using PartnerPortal.Identity;

namespace PartnerPortal.Features.Payouts;

/// <summary>Payouts that went to the bank in one file. The file itself is not kept: it is made of them anew, the same each time, so that a lost one harms nobody.</summary>
public sealed class PayoutBatch
{
    private PayoutBatch()
    {
    }

    internal PayoutBatch(Actor actor, DateTime now) => (At, ByName) = (now, actor.Name);

    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public string ByName { get; private set; } = "";
}
