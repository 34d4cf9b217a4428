using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Webhooks;

public enum DeliveryState
{
    /// <summary>To be sent, or sent again.</summary>
    Waiting,

    Delivered,

    /// <summary>Every attempt failed.</summary>
    GivenUp,

    /// <summary>The endpoint is gone, so it is not sent any more.</summary>
    Dropped,
}

/// <summary>Why an attempt failed.</summary>
public enum DeliveryProblem
{
    /// <summary>Another status than 2xx.</summary>
    Status,

    /// <summary>A redirect, which is not followed.</summary>
    Redirect,

    Timeout,

    /// <summary>The name leads to no address.</summary>
    HostUnknown,

    /// <summary>The address is in a private network.</summary>
    AddressRefused,

    /// <summary>Nobody listens there, or the connection broke.</summary>
    Connection,

    /// <summary>The certificate is not valid.</summary>
    Certificate,

    /// <summary>The key that the endpoint's secret was sealed with is not there.</summary>
    Secret,
}

/// <summary>
/// One event to be told to one endpoint, at least once. It holds ids and sums alone; who the client is stands in the body as it is written for each attempt, so that what a client took back is not sent.
/// </summary>
public sealed class WebhookDelivery
{
    /// <summary>The kind of a test.</summary>
    public const string TestKind = "test";

    /// <summary>The kind of what an automation sends, whatever kinds the endpoint hears of.</summary>
    public const string AutomationKind = "automation.called";

    private WebhookDelivery()
    {
    }

    internal WebhookDelivery(long endpointId, long? eventId, string kind, DateTime at, string facts, DateTime now)
    {
        (EndpointId, EventId, Kind, At, Facts) = (endpointId, eventId, kind, at, facts);
        (MessageId, CreatedAt, NextAttemptAt) = ("msg_" + Guid.NewGuid().ToString("N"), now, now);
    }

    public long Id { get; private set; }

    public long EndpointId { get; private set; }

    /// <summary>The <see cref="PortalEvent"/>; null for a test, and for what an automation sends.</summary>
    public long? EventId { get; private set; }

    /// <summary>The header <c>webhook-id</c>: the same at every attempt, and when it is sent again.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>One of <see cref="EventKinds"/>, <see cref="TestKind"/> or <see cref="AutomationKind"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>UTC; when it happened.</summary>
    public DateTime At { get; private set; }

    /// <summary>The account whose events are told in order: the client's, else the partner's.</summary>
    public long? ClientId { get; private set; }

    /// <summary>The line in a list whose events are told in order.</summary>
    public long? RecordId { get; private set; }

    /// <summary>For the program, which is told of whose client it is.</summary>
    public long? PartnerId { get; private set; }

    /// <summary>JSON object; what the body says besides who is concerned.</summary>
    public string Facts { get; private set; } = "{}";

    /// <summary>Waits for earlier ones of the same client, and holds back later ones. Not so a test, or what somebody sends again.</summary>
    public bool IsOrdered { get; private set; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime NextAttemptAt { get; private set; }

    /// <summary>A worker holds it until then; null when none does.</summary>
    public DateTime? HeldUntil { get; private set; }

    /// <summary>Which hold.</summary>
    public Guid? HeldBy { get; private set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>Of the last attempt; null without one, or without an answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Of the last attempt; null when it went well.</summary>
    public DeliveryProblem? LastProblem { get; private set; }

    internal WebhookDelivery About(long? clientId, long? recordId, long? partnerId)
    {
        (ClientId, RecordId, PartnerId, IsOrdered) = (clientId, recordId, partnerId, true);
        return this;
    }

    /// <summary>To be told once more, beside the order of the others.</summary>
    internal WebhookDelivery Again(DateTime now) => new(EndpointId, EventId, Kind, At, Facts, now) { MessageId = MessageId, ClientId = ClientId, RecordId = RecordId, PartnerId = PartnerId };

    /// <summary>An attempt came to an end.</summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="next">UTC; when it is tried again if it failed. Null to give up.</param>
    /// <param name="now">UTC.</param>
    internal void Note(WebhookAnswer answer, DateTime? next, DateTime now)
    {
        Attempts++;
        (LastStatus, LastProblem, HeldBy, HeldUntil) = (answer.Status, answer.Problem, null, null);
        if (answer.Problem is null)
        {
            Close(DeliveryState.Delivered, now);
        }
        else if (next is { } at)
        {
            NextAttemptAt = at;
        }
        else
        {
            Close(answer.IsGone ? DeliveryState.Dropped : DeliveryState.GivenUp, now);
        }
    }

    private void Close(DeliveryState state, DateTime now) => (State, ClosedAt) = (state, now);
}

/// <summary>One try, as it stands in the log.</summary>
public sealed class WebhookAttempt
{
    private WebhookAttempt()
    {
    }

    internal WebhookAttempt(long deliveryId, WebhookAnswer answer, DateTime at) =>
        (DeliveryId, At, Status, Problem, Answer, DurationMs) = (deliveryId, at, answer.Status, answer.Problem, answer.Text, answer.DurationMs);

    public long Id { get; private set; }

    public long DeliveryId { get; private set; }

    /// <summary>UTC; when it ended.</summary>
    public DateTime At { get; private set; }

    public int? Status { get; private set; }

    public DeliveryProblem? Problem { get; private set; }

    /// <summary>The beginning of what the receiver said, without what it repeats of the client; may be empty.</summary>
    public string Answer { get; private set; } = "";

    public int DurationMs { get; private set; }
}
