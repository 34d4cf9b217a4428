using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Orders;

/// <summary>
/// Opens the page on which an open order is paid by card. While that page can be used the order neither lapses nor can it be taken back, so that what is paid there is
/// still wanted; asked again meanwhile, the same page is opened.
/// </summary>
public sealed class StartCheckout(PortalDb portal, StripeCheckout stripe, PublicUrl urls, ILogger<StartCheckout> logger)
{
    /// <summary>Stripe takes 30 minutes to 24 hours.</summary>
    private static readonly TimeSpan PageLasts = TimeSpan.FromMinutes(45);

    public bool IsOn => stripe.IsOn;

    /// <returns>Where the browser goes.</returns>
    public async Task<Result<Uri>> ExecuteAsync(long orderId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } clientId, Role: MemberRole.Admin or MemberRole.Finance })
        {
            return new NotAllowed();
        }

        if (!IsOn)
        {
            return new OrderRefused(OrderProblem.NoCards);
        }

        var held = await HoldAsync(orderId, clientId, actor, ct);
        if (!held.Ok)
        {
            return held.Error!;
        }

        var (request, amount, before) = held.Value;
        try
        {
            return await stripe.OpenAsync(request, amount, ct);
        }
        catch (CheckoutFailedException error)
        {
            logger.LogWarning(error, "No page to pay order {OrderId} by card", orderId);
            // Nobody was led to a page that lasts so long.
            await using var db = await portal.ReadAsync(CancellationToken.None);
            await db.Orders.Where(o => o.Id == orderId && o.CheckoutUntil == request.Until).ExecuteUpdateAsync(set => set.SetProperty(o => o.CheckoutUntil, before), CancellationToken.None);
            return new OrderRefused(OrderProblem.ProcessorFailed);
        }
    }

    private async Task<Result<(CheckoutRequest Request, long Amount, DateTime? Before)>> HoldAsync(long orderId, long clientId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientMoney, clientId, ct);
        if (await work.Db.Orders.FirstOrDefaultAsync(o => o.Id == orderId && o.ClientId == clientId, ct) is not { } order)
        {
            return new OrderRefused(OrderProblem.OrderUnknown);
        }

        var before = order.CheckoutUntil;
        if (order.State is not OrderState.Open || (order.ExpiresAt <= work.Now && !(before > work.Now)))
        {
            return new OrderRefused(OrderProblem.NotOpen);
        }

        if (order.Sum.Total == 0 || StripeCheckout.AmountFor(order.Sum.Total, order.Currency) is not { } amount)
        {
            return new OrderRefused(OrderProblem.NoCards);
        }

        if (!(before > work.Now))
        {
            // Whole seconds, as Stripe counts: the same time makes the same request.
            var until = work.Now + PageLasts;
            order.OpenCheckout(until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond)));
            work.Audit(actor, AuditActions.OrderCheckout, ("order", order.Id), clientId, new { product = order.PlanCode });
        }

        var number = await work.Db.Invoices.Where(i => i.OrderId == order.Id).Select(i => i.Number).SingleAsync(ct);
        await work.CommitAsync(ct);
        var page = PortalUrls.Invoice(number);
        return (new CheckoutRequest(
            order.Id, number, AccountNumber.Offset + clientId, order.PlanCode, order.PlanName, order.Currency, order.Sum.Total, actor.Email, Languages.Current,
            new Uri(urls.Of(PortalUrls.WithQuery(page, ("card", "done")))), new Uri(urls.Of(PortalUrls.WithQuery(page, ("card", "left")))), order.CheckoutUntil!.Value), amount, before);
    }
}
