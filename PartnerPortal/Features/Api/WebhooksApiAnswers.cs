using System.Text.Json;

namespace PartnerPortal.Features.Api;

/// <summary>An endpoint as its owner's page shows it.</summary>
/// <param name="Events">An asterisk alone for all.</param>
/// <param name="FormerSecretUntil">Until then the former secret signs too; null when it does not.</param>
/// <param name="FailingSince">Null unless its last attempt failed.</param>
public sealed record EndpointAnswer(string Id, string Url, string Name, IReadOnlyList<string> Events, string State, string CreatedAt, string? FormerSecretUntil, string? FailingSince);

/// <summary>The same with a secret just made.</summary>
/// <param name="Secret">Null when the same request was answered before: it is shown once.</param>
public sealed record MadeEndpointAnswer(
    string Id, string Url, string Name, IReadOnlyList<string> Events, string State, string CreatedAt, string? FormerSecretUntil, string? FailingSince, string? Secret);

/// <summary>A delivery in the log.</summary>
public sealed record DeliveryItem(
    string Id, string MessageId, string Event, string OccurredAt, string CreatedAt, string Status, int Attempts, string? NextAttemptAt, string? ClosedAt, int? LastHttpStatus, string? LastProblem);

/// <summary>A try.</summary>
/// <param name="Answer">The beginning of what the receiver said.</param>
public sealed record AttemptAnswer(string At, int? HttpStatus, string? Problem, string Answer, int DurationMs);

/// <summary>A delivery with all that is known of it.</summary>
/// <param name="IsHeldBack">An earlier one of the same client has to go first.</param>
/// <param name="Body">As it would be sent now.</param>
/// <param name="Tries">The newest first.</param>
public sealed record DeliveryAnswer(
    string Id, string MessageId, string Event, string OccurredAt, string CreatedAt, string Status, int Attempts, string? NextAttemptAt, string? ClosedAt, int? LastHttpStatus, string? LastProblem,
    bool IsHeldBack, JsonElement Body, IReadOnlyList<AttemptAnswer> Tries);
