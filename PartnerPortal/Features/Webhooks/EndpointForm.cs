using System.Net;
using PartnerPortal.Features.Events;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint as somebody types it.</summary>
/// <param name="Kinds">Names of <see cref="EventKinds"/>; null for all, also those that come later.</param>
public sealed record EndpointForm(string? Url, string? Description, IReadOnlyCollection<string>? Kinds)
{
    /// <summary>The <c>Idempotency-Key</c> of a system that adds it; null when none was sent.</summary>
    public string? Key { get; init; }
}

/// <summary>Something is to be done with an endpoint.</summary>
/// <param name="Key">The <c>Idempotency-Key</c> of a system that asks for it; null when none was sent.</param>
public sealed record EndpointRequest(long Id, string? Key = null);

/// <summary>The same, found right.</summary>
internal sealed record EndpointTerms(string Url, string Description, IReadOnlyList<string>? Kinds)
{
    /// <param name="form">As typed.</param>
    /// <param name="isProgram">The program's, which may choose of all kinds.</param>
    /// <param name="options">Which private hosts are allowed.</param>
    public static Result<EndpointTerms> Of(EndpointForm form, bool isProgram, WebhookOptions options)
    {
        var (url, description) = (form.Url?.Trim() ?? "", form.Description?.Trim() ?? "");
        if (ProblemOf(url, options) is { } problem)
        {
            return new UrlRefused(problem);
        }

        if (description.Length > WebhookEndpoint.DescriptionLength)
        {
            return new DescriptionTooLong(WebhookEndpoint.DescriptionLength);
        }

        var kinds = form.Kinds is null ? null : (isProgram ? EventKinds.All : EventKinds.OfPartners).Where(form.Kinds.Contains).ToList();
        return kinds is { Count: 0 } ? new NoKinds() : new EndpointTerms(new Uri(url).AbsoluteUri, description, kinds);
    }

    /// <summary>Names are not looked up here: where they lead can change, and is checked each time a connection is made.</summary>
    private static UrlProblem? ProblemOf(string url, WebhookOptions options)
    {
        if (url.Length is 0 or > WebhookEndpoint.UrlLength)
        {
            return url.Length == 0 ? UrlProblem.Missing : UrlProblem.TooLong;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.AbsoluteUri.Length > WebhookEndpoint.UrlLength)
        {
            return UrlProblem.NotAnAddress;
        }

        if (options.Allows(uri.IdnHost, uri.Port))
        {
            return null;
        }

        var isPrivate = IPAddress.TryParse(uri.IdnHost, out var address) ? !PublicAddress.Is(address) : uri.IdnHost.TrimEnd('.') is var host && (host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) || !host.Contains('.', StringComparison.Ordinal));
        return isPrivate ? UrlProblem.Private : uri.Scheme == "https" ? null : UrlProblem.NotHttps;
    }
}
