using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Email;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Says in words and marks how it stands with a message.</summary>
internal static class MailWords
{
    public static BadgeTone Tone(OutboxState state) => state switch
    {
        OutboxState.Pending => BadgeTone.Ring,
        OutboxState.Sent => BadgeTone.Ok,
        OutboxState.Failed => BadgeTone.Bad,
        OutboxState.Cancelled => BadgeTone.Idle,
    };

    /// <summary>Why it was refused to try a message again or to send it again.</summary>
    public static string Why(this IStringLocalizer<SupportMailText> text, Error error, ReaderTime time) => error switch
    {
        CannotRetry => text["Error.CannotRetry"],
        CannotSendAgain cannot => text["Again." + cannot.Way],
        PartnerIsSuspended => text["Error.Suspended"],
        AlreadyAnswered => text["Error.Answered"],
        SentTooOften soon => text["Error.TooOften", time.Full(soon.NextAt)],
        NoSuchMessage => text["Error.NoSuchMessage"],
        _ => text["Error.NotAllowed"],
    };
}
