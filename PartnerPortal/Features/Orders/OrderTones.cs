using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.Orders;

/// <summary>The mark of an order's state.</summary>
internal static class OrderTones
{
    public static BadgeTone Tone(this OrderState state) => state switch
    {
        OrderState.Open => BadgeTone.Ring,
        OrderState.Paid => BadgeTone.Ok,
        OrderState.Cancelled => BadgeTone.Idle,
        OrderState.Expired => BadgeTone.Warn,
    };
}
