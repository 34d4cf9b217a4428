using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>The client takes an open order back, or support does: the discount is free again. The invoice stays, as its number does.</summary>
public sealed class CancelOrder(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long orderId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var clientId = await work.Db.Orders.Where(o => o.Id == orderId).Select(o => (long?)o.ClientId).FirstOrDefaultAsync(ct);
        var isOwn = clientId == actor.AccountId && actor.Role is MemberRole.Admin or MemberRole.Finance;
        if (clientId is not { } client || (!isOwn && !actor.IsStaff))
        {
            return new OrderRefused(OrderProblem.OrderUnknown);
        }

        if (!isOwn && await OwnAccounts.InvolveAsync(work.Db, actor, [client], ct))
        {
            return new OwnAccountInvolved();
        }

        await work.LockAsync(PortalLock.ClientMoney, client, ct);
        var order = await work.Db.Orders.SingleAsync(o => o.Id == orderId, ct);
        if (order.Cancel(work.Now) is { } problem)
        {
            return new OrderRefused(problem);
        }

        work.Audit(actor, AuditActions.OrderCancelled, ("order", order.Id), client, new { product = order.PlanCode });
        OrderNews.Tell(work, client);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
