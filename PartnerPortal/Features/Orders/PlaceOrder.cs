using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>What a client chose.</summary>
/// <param name="PlanCode">Of a plan on sale.</param>
/// <param name="Currency">One of the plan's.</param>
/// <param name="FormKey">Of the form: sent again, it makes no second order.</param>
/// <param name="Buyer">As the invoice shall name it.</param>
/// <param name="ShownTotal">Minor units that the page showed; null when it showed none. Another sum is not ordered.</param>
public sealed record OrderRequest(string PlanCode, string Currency, string FormKey, InvoiceParty Buyer, long? ShownTotal);

/// <summary>An order and its invoice.</summary>
public sealed record PlacedOrder(long OrderId, string InvoiceNumber);

/// <summary>A client orders a plan: the first-purchase discount is held for it, and its invoice is made, in one transaction.</summary>
public sealed class PlaceOrder(PortalDb portal, ProgramSettingsSource settings, OrderMails mails)
{
    private const int Attempts = 3;

    public async Task<Result<PlacedOrder>> ExecuteAsync(OrderRequest request, Actor actor, CancellationToken ct)
    {
        if (actor is not { OrdersFor: { } clientId, UserId: { } userId })
        {
            return new NotAllowed();
        }

        var buyer = new InvoiceParty(request.Buyer.Name.Trim(), ProgramForm.Lines(request.Buyer.Address), request.Buyer.TaxId.Trim());
        if (Problem(buyer) is { } problem)
        {
            return problem;
        }

        var key = request.FormKey is { Length: > 0 and <= Order.FormKeyLength } given ? given : Guid.NewGuid().ToString("N");
        for (var left = Attempts; ; left--)
        {
            try
            {
                return await TryAsync(request with { FormKey = key, Buyer = buyer }, clientId, userId, actor, ct);
            }
            catch (DbUpdateException error) when (left > 1 && error.IsUniqueViolation())
            {
                // The same form, or the first invoice of a year, came from elsewhere at the same moment: it is there now.
                continue;
            }
        }
    }

    private async Task<Result<PlacedOrder>> TryAsync(OrderRequest request, long clientId, long userId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (!await AccessGrantBook.HoldsAsync(work, actor, ct))
        {
            return new NotAllowed();
        }

        await work.LockAsync(PortalLock.ClientMoney, clientId, ct);
        var before = await (from o in work.Db.Orders join i in work.Db.Invoices on o.Id equals i.OrderId where o.ClientId == clientId && o.FormKey == request.FormKey select new PlacedOrder(o.Id, i.Number)).FirstOrDefaultAsync(ct);
        if (before is not null)
        {
            return before;
        }

        var plan = await work.Db.Plans.FirstOrDefaultAsync(p => p.Code == request.PlanCode, ct);
        if (plan is not { IsOnSale: true })
        {
            return new OrderRefused(OrderProblem.PlanUnknown);
        }

        if (!plan.Prices.TryGetValue(request.Currency, out var price))
        {
            return new OrderRefused(OrderProblem.NotInCurrency);
        }

        await ExpireOrders.ExpireDueAsync(work, clientId, ct);
        await work.SaveAsync(ct);
        var spared = await FirstPurchase.OfClientAsync(work.Db, clientId, work.Now, ct);
        var sum = OrderSum.Of(price, spared?.Rules.DiscountOn(plan.Code), plan.TaxBasisPoints, request.Currency);
        if (request.ShownTotal is { } shown && shown != sum.Total)
        {
            return new OrderRefused(OrderProblem.SumChanged);
        }

        var order = new Order(clientId, userId, plan, request.Currency, sum, sum.Discount > 0 ? spared?.PartnerId : null, request.FormKey, work.Now);
        work.Db.Orders.Add(order);
        work.Audit(actor, AuditActions.OrderPlaced, ("order", null), clientId, new { product = plan.Code, currency = order.Currency, total = Money.WritePlain(sum.Total, order.Currency) });
        await work.SaveAsync(ct);
        var invoice = await InvoiceAsync(work, order, request.Buyer, ct);
        await mails.PlacedAsync(work, order, invoice, ct);
        OrderNews.Tell(work, clientId);
        await work.CommitAsync(ct);
        return new PlacedOrder(order.Id, invoice.Number);
    }

    private async Task<Invoice> InvoiceAsync(PortalTransaction work, Order order, InvoiceParty buyer, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var seller = new InvoiceParty(program.SellerName.Length > 0 ? program.SellerName : program.Name, program.SellerAddress, program.SellerTaxId);
        var (series, sequence) = await InvoiceNumbers.NextAsync(work, ct);
        var invoice = new Invoice(order, series, sequence, seller, buyer, program.PaymentDetails, Languages.Current, work.Now);
        work.Db.Invoices.Add(invoice);
        return invoice;
    }

    private static OrderRefused? Problem(InvoiceParty buyer) => buyer switch
    {
        { Name.Length: 0 } => new(OrderProblem.BuyerNameMissing, nameof(InvoiceParty.Name)),
        { Name.Length: > Invoice.NameLength } => new(OrderProblem.TooLong, nameof(InvoiceParty.Name)),
        { Address.Length: > Invoice.AddressLength } => new(OrderProblem.TooLong, nameof(InvoiceParty.Address)),
        { TaxId.Length: > Invoice.TaxIdLength } => new(OrderProblem.TooLong, nameof(InvoiceParty.TaxId)),
        _ when buyer.Name.Any(char.IsControl) => new(OrderProblem.BadCharacter, nameof(InvoiceParty.Name)),
        _ when buyer.Address.Any(c => char.IsControl(c) && c != '\n') => new(OrderProblem.BadCharacter, nameof(InvoiceParty.Address)),
        _ when buyer.TaxId.Any(char.IsControl) => new(OrderProblem.BadCharacter, nameof(InvoiceParty.TaxId)),
        _ => null,
    };
}
