using System.Net;
using System.Net.Sockets;

namespace PartnerPortal.Features.Webhooks;

/// <summary>
/// Which addresses are on the public Internet. All others are refused: this machine, its network, the provider's metadata, and whatever leads there by another spelling. By the special-purpose
/// registries of IANA (RFC 6890 and its updates).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // A public address by the registry, and the host's own agent on Azure.
        "168.63.129.16/32");

    /// <summary>All that is given out for the public; mapped, compatible, NAT64 (64:ff9b::), unique-local, link-local, site-local and multicast addresses are outside.</summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Within it: protocols (Teredo among them), documentation, 6to4, AS112.</summary>
    private static readonly IPNetwork[] SpecialV6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(SpecialV4, n => n.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && GlobalV6.Contains(address) && !Array.Exists(SpecialV6, n => n.Contains(address)),
        _ => false,
    };

    private static IPNetwork[] Networks(params string[] prefixes) => Array.ConvertAll(prefixes, IPNetwork.Parse);
}
