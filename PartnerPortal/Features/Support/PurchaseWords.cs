using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Files;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>What support's pages about purchases say.</summary>
internal static class PurchaseWords
{
    /// <summary>Why a partner got what it got. The wallet says "you"; here somebody else reads it.</summary>
    public static string WhyOf(this IStringLocalizer<SupportPurchasesText> text, IStringLocalizer<WalletText> wallet, WalletLine line) => line.Reason switch
    {
        ShareReason.Inactive => text["Why.Inactive"],
        ShareReason.PassedUp => text["Why.PassedUp"],
        ShareReason.OwnPurchase => text["Why.OwnPurchase"],
        ShareReason.NoPlan => text["Why.NoPlan"],
        ShareReason.Voided => text["Why.Voided"],
        _ => wallet.Why(line),
    };

    public static string Describe(this IStringLocalizer<SupportPurchasesText> text, Error error) => error switch
    {
        OwnAccountInvolved => text["Error.Own"],
        NotAllowed => text["Error.NotAllowed"],
        PurchaseKeyUsed => text["Error.KeyUsed"],
        CsvColumnsMissing missing => text["Import.ColumnsMissing", missing.Columns],
        RefundTooLarge large => text["Error.RefundTooLarge", Money.Write(large.Left, large.Currency)],
        PurchaseRefused refused => text["Problem." + refused.Kind],
        _ => throw new InvalidOperationException($"No page knows {error}."),
    };

    public static BadgeTone Tone(PurchaseOutcome outcome) => outcome switch
    {
        PurchaseOutcome.Earns => BadgeTone.Ok,
        PurchaseOutcome.EarnsNothing or PurchaseOutcome.NoPlan => BadgeTone.Warn,
        PurchaseOutcome.NoPartner => BadgeTone.Idle,
    };

    /// <summary>What is wrong with a line of a file.</summary>
    public static string Describe(this IStringLocalizer<SupportPurchasesText> text, CsvFinding finding) => text.Describe(new WrongLine(finding.Line, finding.Column, finding.Csv, finding.Purchase));

    /// <inheritdoc cref="Describe(IStringLocalizer{SupportPurchasesText}, CsvFinding)"/>
    public static string Describe(this IStringLocalizer<SupportPurchasesText> text, WrongLine wrong) =>
        wrong.Csv is { } problem ? text["Csv.Problem." + problem] : wrong.Purchase is { } purchase ? text["Problem." + purchase] : "";
}
