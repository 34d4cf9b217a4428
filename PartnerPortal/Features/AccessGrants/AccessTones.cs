using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.AccessGrants;

public static class AccessTones
{
    public static BadgeTone Tone(this AccessState state) => state switch
    {
        AccessState.Asked => BadgeTone.Ring,
        AccessState.Running => BadgeTone.Ok,
        AccessState.Refused or AccessState.Revoked => BadgeTone.Bad,
        AccessState.Withdrawn or AccessState.Lapsed or AccessState.Expired or AccessState.GivenUp or AccessState.Parted or AccessState.Replaced => BadgeTone.Idle,
    };
}
