namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>What a line does.</summary>
public enum MovingVerdict
{
    /// <summary>It makes, or would make, something new.</summary>
    New,

    /// <summary>An account that was there is taken up: it gets the external id, becomes a partner, a client or somebody's recommendation.</summary>
    Linked,

    /// <summary>It is so already.</summary>
    Known,

    /// <summary>It cannot be taken, and changes nothing.</summary>
    Refused,

    /// <summary>It was stopped before.</summary>
    NotReached,
}

/// <summary>Why a line, or a part of it, is not taken.</summary>
public enum MovingProblem
{
    Broken,
    IdMissing,
    IdWrong,
    NameMissing,
    NameTooLong,
    EmailWrong,

    /// <summary>The id, the address or the balance stands in the file before.</summary>
    Twice,

    /// <summary>The address has an account with another external id.</summary>
    EmailOfAnother,

    /// <summary>The account of this id has another address; people change theirs themselves.</summary>
    EmailDiffers,

    /// <summary>It is about an account of the owner's own.</summary>
    OwnAccount,
    NoSuchPartner,
    NoSuchSponsor,

    /// <summary>It would stand above itself.</summary>
    SponsorLoop,

    /// <summary>It has another sponsor; support may change that.</summary>
    SponsorDiffers,

    /// <summary>Nobody is its own partner.</summary>
    Itself,
    TimeWrong,
    TimeAhead,

    /// <summary>It is another partner's client; support may reassign it.</summary>
    HasPartner,

    /// <summary>It is the partner's client since another day.</summary>
    SinceDiffers,

    /// <summary>It was somebody's client after that day.</summary>
    Overlaps,

    /// <summary>It has clients of its own: what those bought would have to be reckoned anew for others.</summary>
    HasClients,
    CurrencyWrong,
    AmountWrong,

    /// <summary>Another amount was recorded; what was posted stays.</summary>
    AmountDiffers,
}

/// <summary>What a line does, or why it cannot.</summary>
/// <param name="Line">As an editor counts.</param>
/// <param name="Label">The line's external id, or what it names instead.</param>
/// <param name="Field">At fault; null when it is the whole line, or nothing.</param>
/// <param name="Problem">With a verdict other than refused: only that part of the line is not taken.</param>
/// <param name="Found">What stands in the portal instead; null where there is nothing to say.</param>
public sealed record MovingFinding(int Line, MovingVerdict Verdict, string Label, MovingField? Field = null, MovingProblem? Problem = null, string? Found = null)
{
    internal static MovingFinding Of(MovingLine line, MovingVerdict verdict) => new(line.Number, verdict, line.Label);

    internal static MovingFinding Refuse(MovingLine line, MovingProblem problem, MovingField? field = null, string? found = null) =>
        new(line.Number, MovingVerdict.Refused, line.Label, field, problem, found);
}

/// <summary>What a file does, line by line, in its order.</summary>
public sealed record MovingReport(IReadOnlyList<MovingFinding> Findings)
{
    public int CountOf(MovingVerdict verdict) => Findings.Count(f => f.Verdict == verdict);
}
