using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.Referrals;

internal static class InvitationTones
{
    public static BadgeTone Tone(this InvitationState state) => state switch
    {
        InvitationState.Queued or InvitationState.Sent or InvitationState.Followed => BadgeTone.Ring,
        InvitationState.Accepted => BadgeTone.Ok,
        InvitationState.Declined => BadgeTone.Bad,
        InvitationState.Expired => BadgeTone.Warn,
        InvitationState.Withdrawn => BadgeTone.Idle,
    };
}
