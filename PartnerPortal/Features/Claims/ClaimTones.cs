using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.Claims;

public static class ClaimTones
{
    public static BadgeTone Tone(this ClaimState state) => state switch
    {
        ClaimState.Filed or ClaimState.UnderReview => BadgeTone.Ring,
        ClaimState.Moved => BadgeTone.Ok,
        ClaimState.Closed => BadgeTone.Bad,
        ClaimState.Withdrawn => BadgeTone.Idle,
    };
}
