using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Says in words and marks how it stands with payouts, and why something was refused.</summary>
internal static class PayoutWords
{
    public static BadgeTone Tone(PayoutState state) => state switch
    {
        PayoutState.Requested => BadgeTone.Ring,
        PayoutState.Approved => BadgeTone.Warn,
        PayoutState.Exported => BadgeTone.Warn,
        PayoutState.Paid => BadgeTone.Ok,
        PayoutState.Failed => BadgeTone.Bad,
        PayoutState.Withdrawn => BadgeTone.Idle,
    };

    /// <summary>Why money cannot go out now.</summary>
    public static string Why(this IStringLocalizer<PayoutsText> text, PayoutRefused refused) => text["Obstacle." + refused.Obstacle, Money.Write(refused.Amount, refused.Currency)];

    public static string Why(this IStringLocalizer<PayoutsText> text, Error error) => error switch
    {
        PayoutRefused refused => text.Why(refused),
        PaidByTheMonth monthly => text["Error.Monthly", monthly.Day],
        PayoutMoved moved => text["Error.Moved", text["State." + moved.State]],
        SecondPersonNeeded => text["Error.SecondPerson"],
        OwnAccountInvolved => text["Error.Own"],
        NothingToExport => text["Error.NothingToExport"],
        NothingInFile => text["Error.NothingInFile"],
        NoSuchPayout => text["Error.NoSuchPayout"],
        FailureReasonMissing => text["Error.ReasonMissing"],
        FailureReasonTooLong tooLong => text["Error.ReasonTooLong", tooLong.Limit],
        _ => text["Error.NotAllowed"],
    };

    public static string? Why(this IStringLocalizer<PayoutsText> text, PayeeFieldWrong? wrong) => wrong is null ? null : text["Payee.Problem." + wrong.Problem, wrong.Most].Value;

    public static string? Why(this IStringLocalizer<PayoutsText> text, PayoutSettingWrong? wrong) => wrong is null ? null : text["Setting.Problem." + wrong.Problem, wrong.Detail].Value;
}
