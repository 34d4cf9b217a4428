namespace PartnerPortal.Features.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Hosts, each with or without its port, separated by commas or spaces, at which webhooks may call although they are in the private network, and without TLS: "erp.lan, 10.0.0.7:8080". Empty: none.
    /// </summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Seconds until a receiver that does not answer is given up; it is tried again later.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>The owner of the installation lets webhooks go there, whatever the address.</summary>
    public bool Allows(string host, int port)
    {
        var (plain, name) = (host.Trim('[', ']'), FormattableString.Invariant($"{host}:{port}"));
        return AllowedHosts.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Any(a => string.Equals(a, name, StringComparison.OrdinalIgnoreCase) || string.Equals(a.Trim('[', ']'), plain, StringComparison.OrdinalIgnoreCase));
    }
}
