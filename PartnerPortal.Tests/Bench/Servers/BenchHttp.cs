using System.Net;
using System.Net.Sockets;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>Browsers' side of HTTP: no redirects are followed, no cookies kept, answers are taken as they come.</summary>
internal static class BenchHttp
{
    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Comes from an address of its own within this machine, as another person would.</summary>
    /// <param name="person">1 to 250.</param>
    public static HttpMessageInvoker CreateFrom(int person) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)person]), 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
