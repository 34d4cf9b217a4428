using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Tells a wallet's lines in words: what each came from, and why it is what it is.</summary>
internal static class WalletSentences
{
    /// <summary>"Commission: A. B., team".</summary>
    public static string Title(this IStringLocalizer<WalletText> text, WalletLine line)
    {
        var client = line.Client.Length > 0 ? line.Client : text["Client.Unnamed"].Value;
        return line.Granted == 0 ? text["Title.Nothing", client, line.Product] : line.Level == 1 ? text["Title.Own", client, line.Product] : text["Title.Level", client, line.Product, line.Level];
    }

    /// <summary>"12.5 % of €80.00, level 2 of plan Standard v3".</summary>
    public static string Why(this IStringLocalizer<WalletText> text, WalletLine line) => line.Reason switch
    {
        ShareReason.Earned => text["Why.Earned", text.Rate(line), Money.Write(line.Base, line.Currency), line.Level, line.Plan ?? "", line.Version ?? 0],
        ShareReason.Reduced => text["Why.Reduced", text.Rate(line), Money.Write(line.Base, line.Currency), line.Level, line.Plan ?? "", line.Version ?? 0],
        ShareReason.CapReached => text["Why.CapReached", text["Cap." + (line.Cap ?? ShareCap.PerPurchase)], line.Plan ?? "", line.Version ?? 0],
        ShareReason.Inactive => text["Why.Inactive"],
        ShareReason.PassedUp => text["Why.PassedUp"],
        ShareReason.OwnPurchase => text["Why.OwnPurchase"],
        ShareReason.OtherProduct => text["Why.OtherProduct", line.Plan ?? "", line.Version ?? 0, line.Product],
        ShareReason.NotFirstPurchase => text["Why.NotFirstPurchase", line.Plan ?? "", line.Version ?? 0],
        ShareReason.SpanOver => text.Counted("Why.SpanOver", line.Rules?.Months ?? 0, line.Plan ?? "", line.Version ?? 0),
        ShareReason.NoRate => text["Why.NoRate", line.Plan ?? "", line.Version ?? 0, line.Level, line.Currency],
        ShareReason.TooSmall => text["Why.TooSmall", text.Rate(line), Money.Write(line.Base, line.Currency)],
        ShareReason.NoPlan => text["Why.NoPlan"],
        ShareReason.NothingPaid => text["Why.NothingPaid"],
        ShareReason.Superseded => text["Why.Superseded"],
        ShareReason.MovedHere => text["Why.MovedHere", text.Rate(line), Money.Write(line.Base, line.Currency), line.Level, line.Plan ?? "", line.Version ?? 0],
        ShareReason.MovedAway => text["Why.MovedAway"],
        ShareReason.Voided => text["Why.Voided"],
    };

    /// <summary>The same, and what refunds took of it.</summary>
    public static string WhyAndRefunds(this IStringLocalizer<WalletText> text, WalletLine line) => line.Reversed == 0
        ? text.Why(line)
        : $"{text.Why(line)} {text["Why.Refunded", Money.Write(line.Refunded, line.Currency), Money.Write(line.Base, line.Currency)]}";

    /// <summary>Whether and when it was paid out, and what a refund took back after that; null when it never was.</summary>
    /// <param name="date">How a time (UTC) is written.</param>
    public static string? Payment(this IStringLocalizer<WalletText> text, WalletLine line, Func<DateTime, string> date) => line switch
    {
        { PaidOut: <= 0 } or { PaidAt: null } => null,
        { PaidAt: { } at } when line.PaidOut > line.Net => text["Paid.Over", Money.Write(line.PaidOut, line.Currency), date(at), Money.Write(line.PaidOut - line.Net, line.Currency)].Value,
        { PaidAt: { } at } when line.PaidOut < line.Net => text["Paid.Part", Money.Write(line.PaidOut, line.Currency), date(at)].Value,
        { PaidAt: { } at } => text["Paid.All", date(at)].Value,
    };

    /// <summary>Until when it is on hold, and why; empty where it is not.</summary>
    public static string Hold(this IStringLocalizer<WalletText> text, WalletLine line, Func<DateTime, string> date) => line switch
    {
        { State: not WalletLineState.Held } => "",
        { IsUnderReview: true } => text["Sum.UnderReview"],
        _ => text["Sum.Held", date(line.HeldUntil)],
    };

    /// <summary>"On hold", "Under review".</summary>
    public static string StateName(this IStringLocalizer<WalletText> text, WalletLine line) =>
        line is { State: WalletLineState.Held, IsUnderReview: true } ? text["State.UnderReview"] : text["State." + line.State];

    /// <summary>"Bonus: third referral".</summary>
    public static string Title(this IStringLocalizer<WalletText> text, CreditLine line) => text["Credit." + line.Kind, line.Reason];

    /// <summary>Of which day it is, where that is not the day it came, and when it was paid out.</summary>
    /// <param name="date">How a time (UTC) is written.</param>
    public static string Standing(this IStringLocalizer<WalletText> text, CreditLine line, Func<DateTime, string> date) => string.Join(' ', new[]
    {
        line.Kind is CreditKind.OpeningBalance ? text["Credit.AsOf", date(line.OccurredAt)].Value : null,
        line.PaidAt is { } paid ? text["Paid.All", date(paid)].Value : null,
    }.OfType<string>());

    public static WalletLineState State(this CreditLine line) => line.PaidAt is null ? WalletLineState.Available : WalletLineState.Paid;

    /// <summary>"12.5 %", or an amount a purchase.</summary>
    public static string Rate(this IStringLocalizer<WalletText> text, WalletLine line) =>
        line.BasisPoints is { } share ? Money.WritePercent(share) : text["Rate.Fixed", Money.Write(line.Fixed ?? 0, line.Currency)];
}
