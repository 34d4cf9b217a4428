using System.Text.Json.Serialization;
using PartnerPortal.Features.Webhooks;

namespace PartnerPortal.Features.Api;

/// <summary>What <c>POST /api/v1/webhooks</c> takes; without events it is told of all.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewWebhookBody(string? Url, string? Name, IReadOnlyList<string?>? Events)
{
    /// <inheritdoc cref="NewClientBody.Missing"/>
    public string? Missing() => Url is null ? "url" : Events?.Contains(null) is true ? "events" : null;

    internal EndpointForm ToForm(string? key) => new(Url, Name, Events is null ? null : WebhookEvents.Read(Events).Names) { Key = key };
}

/// <summary>What <c>PATCH /api/v1/webhooks/{id}</c> takes; what is left out stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WebhookChangeBody(string? Url, string? Name, IReadOnlyList<string?>? Events, bool? Paused)
{
    /// <inheritdoc cref="NewClientBody.Missing"/>
    public string? Missing() => Url is null && Name is null && Events is null && Paused is null ? "url" : Events?.Contains(null) is true ? "events" : null;

    internal EndpointPatch ToPatch(long id, IReadOnlyCollection<string>? versions) =>
        new(id, Url, Name, Events is null ? null : WebhookEvents.Read(Events), Paused, versions);
}

/// <summary>How the API writes which events an endpoint hears of: their names, or an asterisk alone for all.</summary>
internal static class WebhookEvents
{
    private const string All = "*";

    public static IReadOnlyList<string> Write(IReadOnlyList<string>? kinds) => kinds ?? [All];

    public static ChosenKinds Read(IReadOnlyList<string?> written) => new(written is [All] ? null : [.. written.Select(w => w!)]);
}
