using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace PartnerPortal.Tests.Support;

/// <summary>Lets a test say from which address a request comes, so that requests which have nothing to do with each other do not share a rate limit.</summary>
public sealed class TestAddress : IStartupFilter
{
    private const string Header = "Test-Address";

    private static int _last;

    /// <summary>The request comes from an address that no other has.</summary>
    public static void Stranger(HttpRequestMessage request) =>
        request.Headers.Add(Header, new IPAddress(BitConverter.GetBytes(0x0A | (Interlocked.Increment(ref _last) << 8))).ToString());

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            if (IPAddress.TryParse(context.Request.Headers[Header], out var address))
            {
                context.Connection.RemoteIpAddress = address;
            }

            await rest(context);
        });
        next(app);
    };
}
