using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Startup;

/// <summary>Makes absolute addresses for mail and QR codes.</summary>
public sealed class PublicUrl(IOptions<PortalOptions> options, IServer server)
{
    /// <summary>Without a slash at the end: the setting, or in Development and tests the address that the server listens on.</summary>
    public string Root => options.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : ListeningOn();

    /// <param name="path">A path of <see cref="Shared.PortalUrls"/>.</param>
    public string Of(string path) => Root + path;

    private string ListeningOn() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "http://localhost:5080";
}
