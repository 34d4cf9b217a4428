using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>How a client is named; the first that is given counts.</summary>
/// <param name="Number">Its account's number with us.</param>
/// <param name="ExternalId">What another system calls its account.</param>
/// <param name="Email">A confirmed address of somebody who administers it.</param>
public sealed record ClientReference(long? Number, string? ExternalId, string? Email);

/// <summary>What a source tells of a purchase.</summary>
/// <param name="Source">One of <see cref="PurchaseSources"/>.</param>
/// <param name="ExternalId">What the source calls it.</param>
/// <param name="Amount">Minor units, before discount and without tax.</param>
/// <param name="Discount">Minor units, taken off.</param>
/// <param name="Tax">Minor units, on top.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Product">Its code.</param>
/// <param name="OccurredAt">UTC.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null when none was sent.</param>
/// <param name="PaidUntil">UTC; the end of what was paid for. Null when the source does not say: then the plan's period counts, if the product is a plan that has one.</param>
public sealed record PurchaseRequest(
    string Source, string ExternalId, ClientReference Client, long Amount, long Discount, long Tax, string Currency, string Product, DateTime OccurredAt, string? Key = null,
    DateTime? PaidUntil = null)
{
    /// <summary>A sender's clock may be this much fast; what it says then counts as now.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>Without spaces around, and times as the databases keep them.</summary>
    internal PurchaseRequest Tidy() => this with
    {
        ExternalId = ExternalId.Trim(),
        Currency = Currency.Trim(),
        Product = Product.Trim(),
        OccurredAt = Precise(OccurredAt),
        PaidUntil = PaidUntil is { } until ? Precise(until) : null,
        Client = new ClientReference(Client.Number, Text(Client.ExternalId), Text(Client.Email)),
    };

    /// <summary>The first thing that is wrong with it, whatever is in the database; null when nothing is.</summary>
    internal PurchaseRefused? Problem(DateTime now)
    {
        if (ExternalIdProblem(ExternalId) is { } id)
        {
            return new(id, nameof(ExternalId));
        }

        if (Client is { Number: null, ExternalId: null, Email: null })
        {
            return new(PurchaseProblem.ClientMissing, nameof(Client));
        }

        return AmountProblem() ?? TimeProblem(OccurredAt, now) switch
        {
            { } time => new(time, nameof(OccurredAt)),
            null when PaidUntil <= OccurredAt => new(PurchaseProblem.PaidUntilTooEarly, nameof(PaidUntil)),
            null when PaidUntil > OccurredAt.AddYears(PaidTerm.MostYears) => new(PurchaseProblem.PaidUntilTooLate, nameof(PaidUntil)),
            null when Product.Length == 0 => new(PurchaseProblem.ProductMissing, nameof(Product)),
            null when Product.Length > Purchase.ProductLength => new(PurchaseProblem.ProductTooLong, nameof(Product)),
            null when Key is { Length: 0 or > IdempotentRequest.KeyLength } => new(PurchaseProblem.KeyTooLong, nameof(Key)),
            null => null,
        };
    }

    /// <summary>One that does not say until when it is paid has the print that it had before this could be said.</summary>
    internal string Hash() => PaidUntil is null
        ? RequestHash.Of("purchase", Source, ExternalId, Client.Number, Client.ExternalId, Client.Email, Amount, Discount, Tax, Currency, Product, OccurredAt)
        : RequestHash.Of("purchase", Source, ExternalId, Client.Number, Client.ExternalId, Client.Email, Amount, Discount, Tax, Currency, Product, OccurredAt, PaidUntil);

    internal static PurchaseProblem? ExternalIdProblem(string id) => id switch
    {
        "" => PurchaseProblem.ExternalIdMissing,
        { Length: > Purchase.ExternalIdLength } => PurchaseProblem.ExternalIdTooLong,
        _ when PurchaseNumber.TryRead(id, out _) || id.Any(char.IsControl) => PurchaseProblem.ExternalIdReserved,
        _ => null,
    };

    internal static PurchaseProblem? TimeProblem(DateTime time, DateTime now) =>
        time > now + ClockTolerance ? PurchaseProblem.InFuture : time.Year < 2000 ? PurchaseProblem.TooOld : null;

    internal static DateTime Precise(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private PurchaseRefused? AmountProblem() => this switch
    {
        _ when !Currencies.IsKnown(Currency) => new(PurchaseProblem.UnknownCurrency, nameof(Currency)),
        { Amount: <= 0 } => new(PurchaseProblem.NotPositive, nameof(Amount)),
        { Amount: > Money.Largest } => new(PurchaseProblem.TooLarge, nameof(Amount)),
        { Discount: < 0 } => new(PurchaseProblem.Negative, nameof(Discount)),
        _ when Discount > Amount => new(PurchaseProblem.DiscountAboveAmount, nameof(Discount)),
        { Tax: < 0 } => new(PurchaseProblem.Negative, nameof(Tax)),
        { Tax: > Money.Largest } => new(PurchaseProblem.TooLarge, nameof(Tax)),
        _ => null,
    };

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>What a source tells of a refund.</summary>
/// <param name="Source">The purchase's.</param>
/// <param name="PurchaseId">Ours; or null, and the next is given.</param>
/// <param name="PurchaseExternalId">What the source calls the purchase; it may come later.</param>
/// <param name="ExternalId">What the source calls the refund.</param>
/// <param name="Amount">Minor units of the purchase's amount after discount, without tax; null for all that is left.</param>
/// <param name="Currency">ISO 4217; the purchase's.</param>
/// <param name="OccurredAt">UTC.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null when none was sent.</param>
public sealed record RefundRequest(
    string Source, long? PurchaseId, string? PurchaseExternalId, string ExternalId, long? Amount, string Currency, DateTime OccurredAt, string? Key = null)
{
    internal RefundRequest Tidy() => this with
    {
        ExternalId = ExternalId.Trim(),
        PurchaseExternalId = PurchaseExternalId?.Trim(),
        Currency = Currency.Trim(),
        OccurredAt = PurchaseRequest.Precise(OccurredAt),
    };

    internal PurchaseRefused? Problem(DateTime now)
    {
        if (PurchaseRequest.ExternalIdProblem(ExternalId) is { } id)
        {
            return new(id, nameof(ExternalId));
        }

        if (PurchaseId is null && PurchaseRequest.ExternalIdProblem(PurchaseExternalId ?? "") is { } purchase)
        {
            return new(purchase, nameof(PurchaseExternalId));
        }

        return this switch
        {
            _ when !Currencies.IsKnown(Currency) => new(PurchaseProblem.UnknownCurrency, nameof(Currency)),
            { Amount: <= 0 } => new(PurchaseProblem.NotPositive, nameof(Amount)),
            { Amount: > Money.Largest } => new(PurchaseProblem.TooLarge, nameof(Amount)),
            { Key: { Length: 0 or > IdempotentRequest.KeyLength } } => new(PurchaseProblem.KeyTooLong, nameof(Key)),
            _ when PurchaseRequest.TimeProblem(OccurredAt, now) is { } time => new(time, nameof(OccurredAt)),
            _ => null,
        };
    }

    internal string Hash() => RequestHash.Of("refund", Source, PurchaseId, PurchaseExternalId, ExternalId, Amount, Currency, OccurredAt);
}

/// <summary>How the API writes our ids, so that one is told from an id of the sender's.</summary>
public static class PurchaseNumber
{
    private const string Purchases = "pur_";
    private const string Refunds = "ref_";

    public static string Write(long id) => string.Create(CultureInfo.InvariantCulture, $"{Purchases}{id}");

    public static string WriteRefund(long id) => string.Create(CultureInfo.InvariantCulture, $"{Refunds}{id}");

    public static bool TryRead(string? text, out long id)
    {
        id = 0;
        return text is not null && text.StartsWith(Purchases, StringComparison.Ordinal) && long.TryParse(text.AsSpan(Purchases.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }
}
