using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.Webhooks;

internal static class WebhookTones
{
    public static BadgeTone Tone(this EndpointStanding standing) => standing switch
    {
        EndpointStanding.Active => BadgeTone.Ok,
        EndpointStanding.Troubled => BadgeTone.Warn,
        EndpointStanding.Paused => BadgeTone.Idle,
        EndpointStanding.Failing or EndpointStanding.Gone => BadgeTone.Bad,
    };

    public static BadgeTone Tone(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting => BadgeTone.Ring,
        DeliveryState.Delivered => BadgeTone.Ok,
        DeliveryState.GivenUp => BadgeTone.Bad,
        DeliveryState.Dropped => BadgeTone.Idle,
    };
}
