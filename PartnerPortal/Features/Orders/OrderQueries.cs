using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>An order in a list. Times are UTC, amounts minor units.</summary>
public sealed record OrderRow(
    long Id, string Invoice, long ClientId, string Client, string PlanName, string Currency, long Total, bool HasDiscount, OrderState State, DateTime PlacedAt, DateTime ExpiresAt, DateTime? PaidAt);

/// <summary>A purchase in the client's list. Amounts are minor units.</summary>
/// <param name="Product">The plan's name where there is such a plan, else the product's code.</param>
/// <param name="Paid">After discount, with tax.</param>
/// <param name="Refunded">Of the amount after discount, without tax.</param>
public sealed record BoughtRow(long Id, string Product, string Currency, long Paid, long Discount, long Refunded, DateTime OccurredAt);

/// <summary>What was given back of an invoice.</summary>
/// <param name="Amount">Minor units after discount, without tax.</param>
/// <param name="At">UTC.</param>
public sealed record InvoiceRefund(long Amount, DateTime At);

/// <summary>An invoice with what became of its order. Times are UTC, amounts minor units.</summary>
public sealed record InvoiceView(
    long OrderId, long ClientId, string Number, DateTime IssuedAt, DateTime DueAt, InvoiceParty Seller, InvoiceParty Buyer, string PaymentDetails, string PlanCode, string PlanName, PlanPeriod Period,
    string Currency, OrderSum Sum, int TaxBasisPoints, OrderState State, DateTime? PaidAt, PaymentWay? PaidBy, DateTime? ClosedAt, DateTime? CheckoutUntil, string Language, IReadOnlyList<InvoiceRefund> Refunds);

/// <summary>Orders, invoices and purchases: the client's own; for staff those of everybody. Who acts for a client reads them with a line in its diary.</summary>
public sealed class OrderQueries(PortalDb portal, AccessDiary diary)
{
    private const int Size = 25;

    /// <summary>The newest first; empty for who has no account.</summary>
    public async Task<Page<OrderRow>> OwnAsync(string? cursor, Actor actor, CancellationToken ct)
    {
        var client = await PurchasesOfAsync(actor, ct);
        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(db.Orders.Where(o => o.ClientId == client), o => o.Id, o => Rows(db, o), r => r.Id, cursor, Size, ct);
    }

    /// <summary>Everybody's, the newest first; for staff.</summary>
    /// <param name="state">Null for all.</param>
    /// <param name="find">Part of an invoice's number, or what a buyer's account is found by; empty for all.</param>
    /// <param name="cursor">Of a neighbouring page.</param>
    /// <param name="actor">Staff.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<OrderRow>> DeskAsync(OrderState? state, string find, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<OrderRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var orders = db.Orders.Where(o => state == null || o.State == state);
        if (find.Trim() is { Length: > 0 } typed && SearchQuery.Parse(typed) is { IsEmpty: false } query)
        {
            var buyers = AccountSearchQueries.Matching(db.Accounts, query).Select(a => a.Id);
            orders = orders.Where(o => db.Invoices.Any(i => i.OrderId == o.Id && i.Number.Contains(typed)) || buyers.Contains(o.ClientId));
        }

        return await IdKeyset.NewestFirstAsync(orders, o => o.Id, o => Rows(db, o), r => r.Id, cursor, Size, ct);
    }

    /// <summary>What the actor's account bought, whichever way, the newest first.</summary>
    public async Task<IReadOnlyList<BoughtRow>> BoughtAsync(int most, Actor actor, CancellationToken ct)
    {
        var client = await PurchasesOfAsync(actor, ct);
        await using var db = await portal.ReadAsync(ct);
        return await db.Purchases.Where(p => p.ClientId == client).OrderByDescending(p => p.OccurredAt).ThenByDescending(p => p.Id).Take(most).Select(p => new BoughtRow(
            p.Id, db.Plans.Where(x => x.Code == p.Product).Select(x => x.Name).FirstOrDefault() ?? p.Product, p.Currency, p.Amount - p.Discount + p.Tax, p.Discount, p.Refunded, p.OccurredAt)).ToListAsync(ct);
    }

    /// <summary>Null when there is none, or it is none of the actor's matters.</summary>
    /// <param name="number">Of the invoice.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="isFile">It is taken as a file.</param>
    public async Task<InvoiceView?> InvoiceAsync(string number, Actor actor, CancellationToken ct, bool isFile = false)
    {
        await using var db = await portal.ReadAsync(ct);
        var client = actor.SeesPurchasesOf ?? 0;
        var found = await (
            from i in db.Invoices
            join o in db.Orders on i.OrderId equals o.Id
            where i.Number == number && (actor.IsStaff || o.ClientId == client)
            select new { Invoice = i, Order = o }).FirstOrDefaultAsync(ct);
        var action = isFile ? AuditActions.AccessInvoiceTaken : AuditActions.AccessInvoiceRead;
        if (found is not { Invoice: var invoice, Order: var order }
            || (actor.Acting is not null && await diary.OpenAsync(actor, AccessScopes.ViewPurchases, action, ("order", order.Id), new { invoice = number }, ct) is null))
        {
            return null;
        }

        var refunds = await db.Refunds.Where(r => r.PurchaseId == order.PurchaseId && r.PurchaseId != null && r.Applied > 0).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id)
            .Select(r => new InvoiceRefund(r.Applied, r.OccurredAt)).ToListAsync(ct);
        return new InvoiceView(
            order.Id, order.ClientId, invoice.Number, invoice.IssuedAt, invoice.DueAt, new InvoiceParty(invoice.SellerName, invoice.SellerAddress, invoice.SellerTaxId),
            new InvoiceParty(invoice.BuyerName, invoice.BuyerAddress, invoice.BuyerTaxId), invoice.PaymentDetails, order.PlanCode, order.PlanName, order.Period, order.Currency, order.Sum, order.TaxBasisPoints,
            order.State, order.PaidAt, order.PaidBy, order.ClosedAt, order.CheckoutUntil, invoice.Language, refunds);
    }

    /// <summary>How the account's last invoice named it; else by its name alone. Null for who has no account.</summary>
    public async Task<InvoiceParty?> BuyerAsync(Actor actor, CancellationToken ct)
    {
        if (await diary.OpenAsync(actor, AccessScopes.Order, AuditActions.AccessOrderFormRead, ("account", actor.OrdersFor), null, ct) is not { } client)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await (from i in db.Invoices join o in db.Orders on i.OrderId equals o.Id where o.ClientId == client orderby i.Id descending select new InvoiceParty(i.BuyerName, i.BuyerAddress, i.BuyerTaxId)).FirstOrDefaultAsync(ct)
            ?? new InvoiceParty(actor.Acting?.ClientName ?? actor.AccountName, "", "");
    }

    private async Task<long> PurchasesOfAsync(Actor actor, CancellationToken ct) =>
        await diary.OpenAsync(actor, AccessScopes.ViewPurchases, AuditActions.AccessPurchasesRead, ("account", actor.SeesPurchasesOf), null, ct) ?? 0;

    private static IQueryable<OrderRow> Rows(PortalDbContext db, IQueryable<Order> orders) =>
        from o in orders
        join i in db.Invoices on o.Id equals i.OrderId
        join a in db.Accounts on o.ClientId equals a.Id
        select new OrderRow(o.Id, i.Number, o.ClientId, a.Name, o.PlanName, o.Currency, o.Price - o.Discount + o.Tax, o.Discount > 0, o.State, o.PlacedAt, o.ExpiresAt, o.PaidAt);
}
