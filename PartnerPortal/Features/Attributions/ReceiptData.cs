using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Attributions;

/// <summary>Who reads a receipt. The verdict is said in the reader's words, and what is not the reader's to know is left out.</summary>
public enum ReceiptAudience
{
    /// <summary>The client itself: sees every partner that was in play, not who of the staff decided.</summary>
    Client,

    /// <summary>The partner of that attribution: other partners stay unnamed, and the client too without its consent.</summary>
    Partner,

    /// <summary>Staff: sees all.</summary>
    Support,
}

/// <summary>What decided, as a reader thinks of it.</summary>
public enum ReceiptVerdict
{
    TypedCode,
    Invitation,

    /// <summary>A code, number or external id in the address.</summary>
    Address,

    /// <summary>The only link that was opened before.</summary>
    Visit,

    /// <summary>The last of several links.</summary>
    LastVisit,

    /// <summary>The first of several links.</summary>
    FirstVisit,

    /// <summary>An account that existed said Yes.</summary>
    Yes,

    /// <summary>The partner created the account, its owner confirmed.</summary>
    Created,

    Staff,

    /// <summary>The client undid that it had left or switched.</summary>
    Returned,

    /// <summary>It was so in the system that the program used before.</summary>
    MovedIn,
}

/// <summary>What was noted besides.</summary>
/// <param name="TouchRule">Which of several links counted then.</param>
/// <param name="ClaimId">The claim that was decided so; null for none, and for who is not staff.</param>
/// <param name="ReassignmentId">The reassignment that it was a part of; null for none, and for who is not staff.</param>
public sealed record ReceiptNotes(TouchRule TouchRule, long? ClaimId, long? ReassignmentId);

/// <summary>What a client agreed to.</summary>
/// <param name="Kind">What.</param>
/// <param name="WordingVersion">Of the wording.</param>
/// <param name="Language">IETF tag of the language it was read in.</param>
/// <param name="GivenAt">UTC.</param>
/// <param name="WithdrawnAt">UTC; null while it holds.</param>
public sealed record ReceiptConsent(ConsentKind Kind, int WordingVersion, string Language, DateTime GivenAt, DateTime? WithdrawnAt);

/// <summary>A receipt as its reader may see it.</summary>
/// <param name="Number">The receipt's number, shown as "R-17".</param>
/// <param name="AttributionId">What it is the receipt of.</param>
/// <param name="ClientName">Initials for a partner without the client's consent.</param>
/// <param name="PartnerName">As the partner is called now.</param>
/// <param name="CameBy">How the client came.</param>
/// <param name="At">UTC; when it was decided.</param>
/// <param name="EndedAt">UTC; null while the attribution is open.</param>
/// <param name="EndedBecause">Null while it is open.</param>
/// <param name="ActorName">Who made it so; null where the reader may not know.</param>
/// <param name="Reason">Staff's reason; for staff only.</param>
/// <param name="WordingVersion">The wording agreed to; null when staff decided.</param>
/// <param name="WordingLanguage">IETF tag of the language it was read in.</param>
/// <param name="Contenders">In order of precedence. For a partner, others have an empty name, no code and no time.</param>
/// <param name="Audience">For whom it was read.</param>
/// <param name="ClientId">The client's account.</param>
/// <param name="Consents">What the client agreed to with this partner in that time, in the order in which it was given.</param>
/// <param name="Notes">What else was noted; null for a receipt from before that was done.</param>
/// <param name="EndedBy">Who ended it; null while it is open and where the reader may not know.</param>
public sealed record ReceiptData(
    long Number,
    long AttributionId,
    string ClientName,
    string PartnerName,
    CameBy CameBy,
    DateTime At,
    DateTime? EndedAt,
    AttributionEnd? EndedBecause,
    string? ActorName,
    string? Reason,
    int? WordingVersion,
    string? WordingLanguage,
    IReadOnlyList<Contender> Contenders,
    ReceiptAudience Audience,
    long ClientId,
    IReadOnlyList<ReceiptConsent> Consents,
    ReceiptNotes? Notes,
    string? EndedBy)
{
    public Contender? Winner => Contenders.FirstOrDefault(c => c.Outcome is ContenderOutcome.Won);

    public ReceiptVerdict Verdict => (Winner?.Rule, CameBy) switch
    {
        (_, CameBy.MovedIn) => ReceiptVerdict.MovedIn,
        (AttributionRule.Staff or AttributionRule.Claim, _) or (null, _) => ReceiptVerdict.Staff,
        (_, CameBy.Returned) => ReceiptVerdict.Returned,
        (_, CameBy.Joined) => ReceiptVerdict.Yes,
        (_, CameBy.Created) => ReceiptVerdict.Created,
        (AttributionRule.TypedCode, _) => ReceiptVerdict.TypedCode,
        (AttributionRule.Invitation, _) => ReceiptVerdict.Invitation,
        (AttributionRule.Address, _) => ReceiptVerdict.Address,
        _ when Contenders.Any(c => c.Outcome is ContenderOutcome.EarlierTouch) => ReceiptVerdict.LastVisit,
        _ when Contenders.Any(c => c.Outcome is ContenderOutcome.LaterTouch) => ReceiptVerdict.FirstVisit,
        _ => ReceiptVerdict.Visit,
    };
}
