using System.Globalization;

namespace PartnerPortal.Features.Orders;

/// <summary>The paper of an order, as it was on its day: who sells, who buys, what, and how to pay. It never changes; whether it is still to be paid is the order's matter.</summary>
public sealed class Invoice
{
    public const int NameLength = 200;
    public const int AddressLength = 400;
    public const int TaxIdLength = 60;
    public const int NumberLength = 32;

    private Invoice()
    {
    }

    internal Invoice(Order order, string series, int sequence, InvoiceParty seller, InvoiceParty buyer, string paymentDetails, string language, DateTime now)
    {
        (OrderId, Series, Sequence, Number) = (order.Id, series, sequence, NumberOf(series, sequence));
        (SellerName, SellerAddress, SellerTaxId) = seller;
        (BuyerName, BuyerAddress, BuyerTaxId) = buyer;
        (PaymentDetails, Language, IssuedAt, DueAt) = (paymentDetails, language, now, order.ExpiresAt);
    }

    public long Id { get; private set; }

    public long OrderId { get; private set; }

    /// <summary>Numbers run without gaps within a series: the year (UTC).</summary>
    public string Series { get; private set; } = "";

    /// <summary>From 1 on.</summary>
    public int Sequence { get; private set; }

    /// <summary>Of both; also what a transfer names.</summary>
    public string Number { get; private set; } = "";

    public DateTime IssuedAt { get; private set; }

    public DateTime DueAt { get; private set; }

    public string SellerName { get; private set; } = "";

    /// <summary>Lines; may be empty.</summary>
    public string SellerAddress { get; private set; } = "";

    public string SellerTaxId { get; private set; } = "";

    public string BuyerName { get; private set; } = "";

    /// <summary>Lines; may be empty.</summary>
    public string BuyerAddress { get; private set; } = "";

    public string BuyerTaxId { get; private set; } = "";

    /// <summary>Where a transfer goes to, in lines; may be empty.</summary>
    public string PaymentDetails { get; private set; } = "";

    /// <summary>IETF tag of the language it was made in.</summary>
    public string Language { get; private set; } = "";

    public static string NumberOf(string series, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{series}-{sequence:00000}");
}

/// <summary>One side of an invoice.</summary>
public sealed record InvoiceParty(string Name, string Address, string TaxId);

/// <summary>The last number of a series. Counted in the transaction that uses it, so that none is lost and none comes twice.</summary>
public sealed class InvoiceSeries
{
    private InvoiceSeries()
    {
    }

    internal InvoiceSeries(string name) => Name = name;

    public string Name { get; private set; } = "";

    public int Last { get; private set; }

    internal int Next() => ++Last;
}
