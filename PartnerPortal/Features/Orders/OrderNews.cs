using System.Globalization;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Orders;

/// <summary>Tells open pages that an order was placed, paid, or ended.</summary>
internal static class OrderNews
{
    /// <summary>The payload says whose order it is.</summary>
    public const string Signal = "orders";

    public static void Tell(PortalTransaction work, long clientId) => work.Signal(Signal, PayloadOf(clientId));

    /// <summary>Whether a signal is about this client's orders.</summary>
    public static bool Concerns(string payload, long? clientId) => clientId is { } client && payload == PayloadOf(client);

    private static string PayloadOf(long clientId) => clientId.ToString(CultureInfo.InvariantCulture);
}
