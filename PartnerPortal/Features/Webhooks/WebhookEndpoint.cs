using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Webhooks;

public enum WebhookState
{
    Active,

    /// <summary>Somebody paused it: what happens is kept for it.</summary>
    Paused,

    /// <summary>The portal paused it after it failed for long: what happens is kept for it.</summary>
    Failing,

    /// <summary>It answered 410 Gone: nothing is kept for it.</summary>
    Gone,
}

/// <summary>An address of somebody's system that is told what happens.</summary>
public sealed class WebhookEndpoint
{
    public const int UrlLength = 500;
    public const int DescriptionLength = 200;

    /// <summary>How long the former secret signs too.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>An endpoint that accepts nothing for so long is paused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>So is one at which so many deliveries in a row were given up.</summary>
    public const int MostGivenUp = 5;

    private const string Everything = "*";

    private WebhookEndpoint()
    {
    }

    internal WebhookEndpoint(long? accountId, EndpointTerms terms, byte[] sealedSecret, DateTime now)
    {
        (AccountId, SealedSecret, CreatedAt) = (accountId, sealedSecret, now);
        Change(terms);
    }

    public long Id { get; private set; }

    /// <summary>The partner whose world it hears of; null for the program, which hears of all.</summary>
    public long? AccountId { get; private set; }

    public string Url { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Names of <see cref="EventKinds"/> with spaces between, or "*" for all, also those that come later.</summary>
    public string Kinds { get; private set; } = Everything;

    public byte[] SealedSecret { get; private set; } = [];

    public byte[]? FormerSecret { get; private set; }

    /// <summary>UTC; until then the former secret signs as well.</summary>
    public DateTime? FormerUntil { get; private set; }

    public WebhookState State { get; private set; }

    /// <summary>UTC; what happened before is not told.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC; the first failure since it last accepted something. Null when that was the last thing it did.</summary>
    public DateTime? FailingSince { get; private set; }

    /// <summary>Attempts since then.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>Deliveries given up since then.</summary>
    public int GivenUpInARow { get; private set; }

    /// <summary>UTC, to the minute; null when it never accepted anything.</summary>
    public DateTime? LastSuccessAt { get; private set; }

    public bool HearsAll => Kinds == Everything;

    public IReadOnlyList<string> Chosen => HearsAll ? [] : Kinds.Split(' ');

    public bool Hears(string kind) => HearsAll || Chosen.Contains(kind);

    /// <summary>What happens is kept for it.</summary>
    public bool Listens => State is not WebhookState.Gone;

    internal void Change(EndpointTerms terms) => (Url, Description, Kinds) = (terms.Url, terms.Description, terms.Kinds is null ? Everything : string.Join(' ', terms.Kinds));

    internal void Rotate(byte[] sealedSecret, DateTime now) => (FormerSecret, FormerUntil, SealedSecret) = (SealedSecret, now + Overlap, sealedSecret);

    /// <summary>False unless it was active.</summary>
    internal bool Pause()
    {
        if (State is not WebhookState.Active)
        {
            return false;
        }

        State = WebhookState.Paused;
        return true;
    }

    /// <summary>Its failures are forgotten. False when it was active already.</summary>
    internal bool Resume()
    {
        if (State is WebhookState.Active)
        {
            return false;
        }

        (State, FailingSince, FailuresInARow, GivenUpInARow) = (WebhookState.Active, null, 0, 0);
        return true;
    }
}
