using System.Text.Json;

namespace PartnerPortal.Features.Attributions;

/// <summary>The rules by which a partner can win, in their order of precedence; see "Precedence" in the design.</summary>
public enum AttributionRule
{
    /// <summary>The person typed the code.</summary>
    TypedCode,

    /// <summary>An invitation's token.</summary>
    Invitation,

    /// <summary><c>code</c>, <c>ref</c> or <c>refexternal</c> in the address.</summary>
    Address,

    /// <summary>A touch kept in the cookie.</summary>
    Cookie,

    /// <summary>Staff decided, with a reason.</summary>
    Staff,

    /// <summary>It was the client's partner until then.</summary>
    Before,

    /// <summary>It claims the client.</summary>
    Claim,
}

/// <summary>How one that was in play fared.</summary>
public enum ContenderOutcome
{
    Won,

    /// <summary>A rule before it had somebody.</summary>
    LaterRule,

    /// <summary>Same rule, but the program counts the last touch.</summary>
    EarlierTouch,

    /// <summary>Same rule, but the program counts the first touch.</summary>
    LaterTouch,

    /// <summary>The partner was not active.</summary>
    PartnerInactive,

    /// <summary>The invitation had expired, was withdrawn or was for another.</summary>
    InvitationInvalid,

    /// <summary>The person took it away on the registration page.</summary>
    Removed,

    /// <summary>It would have been the account itself, or one of its own people.</summary>
    OwnAccount,

    /// <summary>It was the partner until then, and this ended it.</summary>
    Ended,

    /// <summary>Its invitation was open, and the client came another way.</summary>
    NotAnswered,

    /// <summary>The client had agreed to it while registering and chose another at the sign-in.</summary>
    AnotherChosen,

    /// <summary>Its claim was not decided yet.</summary>
    ClaimOpen,
}

/// <summary>One partner that was in play when an attribution was decided.</summary>
/// <param name="Rule">The rule it stood under.</param>
/// <param name="PartnerId">Account id.</param>
/// <param name="PartnerName">As it was called then.</param>
/// <param name="Code">The code that was used; null where an id was.</param>
/// <param name="Source">Where the link stood ("qr", "mail", a campaign); null when not said.</param>
/// <param name="SeenAt">UTC; when it came into play. The default where the reader may not know.</param>
/// <param name="Outcome">Why it won or lost.</param>
public sealed record Contender(AttributionRule Rule, long PartnerId, string PartnerName, string? Code, string? Source, DateTime SeenAt, ContenderOutcome Outcome);

/// <summary>Why an attribution is what it is: which rule won, what else was in play, by whom, when, with which consent. Never changed.</summary>
public sealed class Receipt
{
    private Receipt()
    {
    }

    /// <param name="rule">The rule that won.</param>
    /// <param name="contenders">All that were in play, in order of precedence.</param>
    /// <param name="actor">Who made it so: the client's user, or staff.</param>
    /// <param name="reason">Staff's reason; null otherwise.</param>
    /// <param name="wording">Version and language of the wording the client agreed to; null when staff decided.</param>
    /// <param name="now">UTC.</param>
    public Receipt(AttributionRule rule, IReadOnlyList<Contender> contenders, Identity.Actor actor, string? reason, (int Version, string Language)? wording, DateTime now)
    {
        Rule = rule;
        ContendersJson = JsonSerializer.Serialize(contenders, JsonSerializerOptions.Web);
        ActorUserId = actor.UserId;
        ActorName = actor.Name;
        Reason = reason;
        WordingVersion = wording?.Version;
        WordingLanguage = wording?.Language;
        At = now;
    }

    public long Id { get; private set; }

    public long AttributionId { get; private set; }

    public AttributionRule Rule { get; private set; }

    public string ContendersJson { get; private set; } = "[]";

    public long? ActorUserId { get; private set; }

    public string ActorName { get; private set; } = "";

    public string? Reason { get; private set; }

    public int? WordingVersion { get; private set; }

    public string? WordingLanguage { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>What else was noted; null for a receipt from before that was done.</summary>
    public ReceiptFacts? Facts { get; init; }

    public IReadOnlyList<Contender> Contenders =>
        JsonSerializer.Deserialize<List<Contender>>(ContendersJson, JsonSerializerOptions.Web) ?? [];
}
