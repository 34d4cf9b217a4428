using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Features.Webhooks;

/// <summary>The host is not on the public Internet, and the owner does not allow it.</summary>
public sealed class AddressRefusedException() : IOException("The address is not on the public Internet.");

/// <summary>The host has no address.</summary>
public sealed class HostUnknownException(Exception inner) : IOException("The host has no address.", inner);

/// <summary>
/// Connections to receivers of webhooks. Addresses are checked where the connection is made, and the connection goes to the very address that was checked: a name that leads elsewhere the next
/// time it is asked gets nobody in.
/// </summary>
public static class WebhookConnections
{
    /// <summary>Of the HTTP client that uses them.</summary>
    public const string ClientName = "webhooks";

    public static SocketsHttpHandler Handler(IOptions<WebhookOptions> options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 32,
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, options.Value, ct),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, WebhookOptions options, CancellationToken ct)
    {
        var found = await ResolveAsync(host.Host, ct);
        var addresses = options.Allows(host.Host, host.Port) ? found : Array.FindAll(found, PublicAddress.Is);
        if (addresses.Length == 0)
        {
            throw new AddressRefusedException();
        }

        // Not dual-mode: an address is reached by its own family and no other.
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], host.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, ct);
        }
        catch (SocketException error)
        {
            throw new HostUnknownException(error);
        }
    }
}
