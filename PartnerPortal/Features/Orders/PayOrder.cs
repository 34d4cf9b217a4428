using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>That the money of an order has come.</summary>
/// <param name="Reference">What tells the payment: a line of the bank's statement, or the processor's id of it. Null when nothing is known.</param>
public sealed record Payment(long OrderId, PaymentWay Way, string? Reference);

/// <summary>A paid order.</summary>
/// <param name="PurchaseId">What was recorded of it.</param>
/// <param name="IsNew">False when it had been marked paid before.</param>
public sealed record PaidOrder(long OrderId, long PurchaseId, bool IsNew);

/// <summary>
/// Marks an order paid and records its purchase, once, however often and by however many it is told. A crash between the two is made good by the next call or by
/// <see cref="RecordPaidOrders"/>: the purchase's facts all stand in the order.
/// </summary>
public sealed class PayOrder(PortalDb portal, RecordPurchase record, OrderMails mails)
{
    /// <param name="payment">What came.</param>
    /// <param name="actor">Staff that is no member of the client's account; or a machine that tells what a card processor confirmed.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<PaidOrder>> ExecuteAsync(Payment payment, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff && !actor.MayPostMoney)
        {
            return new NotAllowed();
        }

        if (payment.Reference?.Trim().Length > Order.ReferenceLength)
        {
            return new OrderRefused(OrderProblem.TooLong, nameof(Payment.Reference));
        }

        var marked = await MarkAsync(payment, actor, ct);
        return marked.Ok ? new PaidOrder(payment.OrderId, await RecordAsync(portal, record, payment.OrderId, actor, ct), marked.Value) : marked.Error!;
    }

    /// <returns>False when it was paid before.</returns>
    private async Task<Result<bool>> MarkAsync(Payment payment, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.Orders.Where(o => o.Id == payment.OrderId).Select(o => (long?)o.ClientId).FirstOrDefaultAsync(ct) is not { } clientId)
        {
            return new OrderRefused(OrderProblem.OrderUnknown);
        }

        if (actor.IsStaff && await OwnAccounts.InvolveAsync(work.Db, actor, [clientId], ct))
        {
            return new OwnAccountInvolved();
        }

        await work.LockAsync(PortalLock.ClientMoney, clientId, ct);
        var order = await work.Db.Orders.SingleAsync(o => o.Id == payment.OrderId, ct);
        var isFree = await FirstPurchase.IsFreeAsync(work.Db, clientId, order.Id, ct);
        var reference = payment.Reference?.Trim() is { Length: > 0 } text ? text : null;
        switch (order.Pay(payment.Way, reference, isFree, isFact: actor.MayPostMoney, work.Now))
        {
            case OrderProblem.PaidAlready:
                return false;
            case { } problem:
                return new OrderRefused(problem);
        }

        var invoice = await work.Db.Invoices.SingleAsync(i => i.OrderId == order.Id, ct);
        work.Audit(actor, AuditActions.OrderPaid, ("order", order.Id), clientId, new { product = order.PlanCode, externalId = invoice.Number });
        await mails.PaidAsync(work, order, invoice, ct);
        OrderNews.Tell(work, clientId);
        await work.CommitAsync(ct);
        return true;
    }

    /// <returns>The purchase's id; the same however often it is called.</returns>
    internal static async Task<long> RecordAsync(PortalDb portal, RecordPurchase record, long orderId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var (order, number) = await (from o in db.Orders join i in db.Invoices on o.Id equals i.OrderId where o.Id == orderId select ValueTuple.Create(o, i.Number)).SingleAsync(ct);
        if (order.PurchaseId is { } known)
        {
            return known;
        }

        var told = await record.ExecuteAsync(
            new PurchaseRequest(
                PurchaseSources.Portal, number, new ClientReference(AccountNumber.Offset + order.ClientId, null, null), order.Price, order.Discount, order.Tax, order.Currency, order.PlanCode, order.PaidAt!.Value,
                PaidUntil: PaidTerm.After(order.Period.ToString(), order.PaidAt.Value)),
            actor, ct);
        if (!told.Ok)
        {
            throw new InvalidOperationException($"Order {orderId} is paid and its purchase was refused: {told.Error}");
        }

        await portal.WriteAsync(d => d.Orders.Where(o => o.Id == orderId && o.PurchaseId == null).ExecuteUpdateAsync(set => set.SetProperty(o => o.PurchaseId, told.Value.Id), ct), ct);
        return told.Value.Id;
    }
}
