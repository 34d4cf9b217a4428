using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>What pages about reassignments say.</summary>
internal static class ReassignWords
{
    public static string Why(this IStringLocalizer<ReassignText> text, Error error) => error switch
    {
        ReasonMissing => text["Error.ReasonMissing"],
        ReasonTooLong tooLong => text["Error.ReasonTooLong", tooLong.Limit],
        TargetIsNoPartner => text["Error.NoTarget"],
        TargetTakesNoClients target => text["Error.TargetTakesNoClients", target.PartnerName],
        OwnAccountInvolved => text["Error.Own"],
        NothingToClose => text["Error.NothingToClose"],
        NothingToMove => text["Error.NothingToMove"],
        NobodyChosen => text["Error.NobodyChosen"],
        TooManyChosen many => text["Error.TooMany", many.Most],
        StartIsPast => text["Error.StartIsPast"],
        ReassignmentMovedOn on => text["Error.MovedOn", text["State." + on.State]],
        NoSuchReassignment => text["None.Title"],
        NotAllowed => text["Error.NotAllowed"],
        _ => throw new InvalidOperationException($"No page knows {error}."),
    };

    public static BadgeTone Tone(ReassignmentState state) => state switch
    {
        ReassignmentState.Draft or ReassignmentState.Cancelled => BadgeTone.Idle,
        ReassignmentState.Scheduled or ReassignmentState.Running or ReassignmentState.Undoing => BadgeTone.Ring,
        ReassignmentState.Done => BadgeTone.Ok,
        ReassignmentState.Undone => BadgeTone.Warn,
    };

    /// <summary>"Moves" where a line can; where lines stay anyway, that it does.</summary>
    public static string Fate(this IStringLocalizer<ReassignText> text, LineFate fate, UnpaidLines lines) =>
        text[fate is LineFate.Moves && lines is UnpaidLines.Stay ? "Fate.Stays" : "Fate." + fate];
}
