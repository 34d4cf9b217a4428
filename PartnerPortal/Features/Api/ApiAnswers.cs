namespace PartnerPortal.Features.Api;

/// <summary>A page of a list.</summary>
/// <param name="Next">To be sent as <c>cursor</c> for the page after; null on the last.</param>
public sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A client as the partner's list shows it.</summary>
public sealed record ClientItem(
    string Id, string Name, string? Email, string? Phone, string Status, string CameBy, string Since, string? LastSeenAt, bool IsShared, IReadOnlyList<string> Tags);

/// <summary>A client as its record shows it.</summary>
/// <param name="Number">Null while its data is not shared.</param>
/// <param name="SharedSince">Likewise.</param>
public sealed record ClientAnswer(
    string Id, string Name, string? Email, string? Phone, string Status, string CameBy, string Since, string? LastSeenAt, bool IsShared, IReadOnlyList<string> Tags,
    string Language, string Note, long? Number, string? SharedSince);

public sealed record InvitationAnswer(
    string Id, string Email, string? Name, string Kind, string State, string CreatedAt, string? SentAt, string? AnsweredAt, string ExpiresAt, int Sendings, string? Progress);

/// <summary>Something that was in play when it was decided whose client somebody is.</summary>
/// <param name="IsOwn">It was this partner's. Of others only the rule and the outcome are told.</param>
public sealed record InPlayAnswer(string Rule, string Outcome, bool IsOwn, string? Code, string? Source, string? SeenAt);

public sealed record ConsentAnswer(string Kind, int WordingVersion, string Language, string GivenAt, string? WithdrawnAt);

/// <param name="Number">As people see it.</param>
/// <param name="Actor">Who made it so; null where the partner may not know.</param>
public sealed record ReceiptAnswer(
    string Number, string DecidedBy, string At, string? Actor, int? WordingVersion, string? WordingLanguage, IReadOnlyList<InPlayAnswer> InPlay, IReadOnlyList<ConsentAnswer> Consents);

/// <param name="Client">Its id in the partner's list; null when its line is gone.</param>
/// <param name="ClientName">As the list shows it: initials without the client's consent.</param>
public sealed record AttributionAnswer(
    string Id, string? Client, string ClientName, string CameBy, string StartedAt, string? EndedAt, string? EndedBecause, ReceiptAnswer Receipt);

/// <summary>Minor units of a currency.</summary>
public sealed record BalanceAnswer(string Currency, long Pending, long Available, long InPayout, long Paid);

public sealed record WalletAnswer(IReadOnlyList<BalanceAnswer> Balances);

/// <summary>What one purchase gave the partner. Amounts are minor units.</summary>
/// <param name="Client">Initials, as in the wallet.</param>
public sealed record WalletLineAnswer(
    string Id, string OccurredAt, string Client, string Product, string Currency, int Level, string State, string Reason, int? BasisPoints, long Base, long Refunded, long Granted, long Reversed, long Net,
    string HeldUntil, string? ReleasedAt, long PaidOut, string? PaidAt, string? Plan, int? PlanVersion, bool IsUnderReview);

public sealed record PartnerItem(
    long Number, string Name, string Kind, string State, string? Email, string? ExternalId, string? Group, string CreatedAt, string? ActiveSince);

public sealed record PartnerAnswer(
    long Number, string Name, string Kind, string State, string? Email, string? ExternalId, string? Group, string CreatedAt, string? ActiveSince, string Code, string? Phone, string? Website);

/// <summary>Minor units of a currency.</summary>
public sealed record MoneyAnswer(string Currency, long Amount);

/// <summary>What a client is spared on its first purchase.</summary>
/// <param name="BasisPoints">Hundredths of a percent of the price; null when it is an amount.</param>
/// <param name="Amounts">By currency; empty when it is a share.</param>
/// <param name="Products">Codes for which it holds; empty for all.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record DiscountAnswer(int? BasisPoints, IReadOnlyList<MoneyAnswer> Amounts, IReadOnlyList<string> Products, string Text);

/// <summary>What the form has to show beside the partner's name, and under which version that is kept.</summary>
public sealed record WordingAnswer(int Version, string Language, string SeesTitle, IReadOnlyList<string> Sees, string SeesNotTitle, IReadOnlyList<string> SeesNot);

/// <summary>Whose client a visitor would be.</summary>
public sealed record LookupAnswer(string Code, string Name, bool TakesClients, DiscountAnswer? Discount, WordingAnswer Consent);

/// <param name="Discount">Null when there is none, or none any more.</param>
public sealed record ClientDiscountAnswer(long Client, string? PartnerName, DiscountAnswer? Discount);

public sealed record NamedPartner(string Code, string Name);

/// <param name="State"><c>waiting</c> or <c>confirmed</c>.</param>
/// <param name="Client">The account's number; null while it waits.</param>
public sealed record RegistrationAnswer(string Id, string ExternalId, string State, string ReceivedAt, long? Client, NamedPartner? Partner);

/// <summary>A purchase with its refunds.</summary>
/// <param name="Refunded">Minor units, of the amount after discount.</param>
public sealed record PurchaseWithRefunds(
    string Id, string Source, string ExternalId, long Client, long Amount, long Discount, long Tax, string Currency, string Product, string OccurredAt, string? PaidUntil, string ReceivedAt, string Outcome,
    long Refunded, IReadOnlyList<Purchases.RefundAnswer> Refunds);
