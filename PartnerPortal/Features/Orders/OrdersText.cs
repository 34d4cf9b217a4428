namespace PartnerPortal.Features.Orders;

/// <summary>Names the strings of orders and invoices: pages and mails.</summary>
public sealed class OrdersText;
