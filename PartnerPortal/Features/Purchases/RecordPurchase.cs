using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a request came to.</summary>
/// <param name="Id">Of the purchase or the refund.</param>
/// <param name="IsNew">False when it had been recorded before.</param>
public sealed record Recorded(long Id, bool IsNew)
{
    /// <summary>The purchase that was made just now, so that it need not be read again to answer; null for one that was there, and for a refund.</summary>
    internal Purchase? Made { get; init; }
}

/// <summary>
/// Records a purchase, whichever way it came, and what it earns. The same again, at once or later, here or on another node, changes nothing and gives the same answer.
/// </summary>
public sealed class RecordPurchase(GroupedPurchases groups, TimeProvider clock)
{
    public async Task<Result<Recorded>> ExecuteAsync(PurchaseRequest request, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff && !actor.MayPostMoney)
        {
            return new NotAllowed();
        }

        request = request.Tidy();
        return request.Problem(clock.GetUtcNow().UtcDateTime) is { } problem ? problem : await groups.RecordAsync(new ToRecord(request, actor), ct);
    }
}
