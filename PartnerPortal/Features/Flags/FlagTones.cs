using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Flags;

internal static class FlagTones
{
    public static BadgeTone Tone(this FlagState state) => state switch
    {
        FlagState.Open => BadgeTone.Ring,
        FlagState.Cleared => BadgeTone.Ok,
        FlagState.Voided => BadgeTone.Bad,
    };

    public static BadgeTone Tone(this FlaggedState state) => state switch
    {
        FlaggedState.UnderReview => BadgeTone.Ring,
        FlaggedState.Cleared => BadgeTone.Ok,
        FlaggedState.Voided => BadgeTone.Bad,
    };
}
