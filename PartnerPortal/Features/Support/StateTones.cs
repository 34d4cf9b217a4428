using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;

namespace PartnerPortal.Features.Support;

/// <summary>The badge of each state.</summary>
internal static class StateTones
{
    public static BadgeTone Tone(this AccountState state) => state switch
    {
        AccountState.Unclaimed => BadgeTone.Ring,
        AccountState.Active => BadgeTone.Ok,
        AccountState.Lapsed => BadgeTone.Warn,
        AccountState.Closed => BadgeTone.Idle,
    };

    public static BadgeTone Tone(this PartnerState state) => state switch
    {
        PartnerState.Applied => BadgeTone.Ring,
        PartnerState.Active => BadgeTone.Ok,
        PartnerState.Suspended => BadgeTone.Warn,
        PartnerState.Rejected => BadgeTone.Bad,
        PartnerState.Closed => BadgeTone.Idle,
    };
}
