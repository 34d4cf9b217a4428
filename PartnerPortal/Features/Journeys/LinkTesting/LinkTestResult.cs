using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Journeys.LinkTesting;

/// <summary>Who opens the link.</summary>
public enum TestedVisitor
{
    /// <summary>Somebody without an account.</summary>
    New,

    /// <summary>Signed in, without a partner.</summary>
    Existing,

    /// <summary>Signed in, with another partner since today.</summary>
    OthersClient,

    /// <summary>The account whose link it is.</summary>
    Oneself,

    /// <summary>A program that draws previews.</summary>
    Bot,
}

/// <summary>What the visitor sees first.</summary>
public enum TestedPage
{
    /// <summary>Who invites, with the ways to register and to sign in.</summary>
    Invite,

    /// <summary>Yes or No.</summary>
    Ask,

    /// <summary>Why it is not possible.</summary>
    Problem,

    /// <summary>The registration form, where the code is typed.</summary>
    Form,

    /// <summary>The registration form, which says that the partner takes no clients.</summary>
    FormProblem,

    /// <summary>That there is no such partner.</summary>
    Unknown,

    /// <summary>A page that the link names itself.</summary>
    Elsewhere,
}

/// <summary>What comes of it.</summary>
public enum TestedOutcome
{
    /// <summary>It is no referral link of this portal.</summary>
    NoLink,

    /// <summary>It is not one of the reader's own; nothing more is said.</summary>
    NotYours,

    /// <summary>There is no such partner.</summary>
    Unknown,

    /// <summary>A program becomes nobody's client.</summary>
    Bot,

    /// <summary>Registers and confirms, and is the partner's client.</summary>
    Becomes,

    /// <summary>Registers without a partner.</summary>
    Nobody,

    /// <summary>Is led past the question.</summary>
    NotAsked,

    /// <summary>Is asked; a Yes makes it the partner's client.</summary>
    Asked,

    /// <summary>Is asked; a Yes ends what is with the other partner.</summary>
    AskedToSwitch,

    /// <summary>A Yes is not possible.</summary>
    Refused,
}

/// <summary>What would happen; null and empty beyond what the outcome has.</summary>
public sealed record LinkTestResult(TestedOutcome Outcome)
{
    /// <summary>Where the visitor lands.</summary>
    public string? Path { get; init; }

    /// <summary>What it sees there.</summary>
    public TestedPage? Page { get; init; }

    /// <summary>Whose link it is.</summary>
    public string PartnerName { get; init; } = "";

    /// <summary>The visit is counted.</summary>
    public bool IsCounted { get; init; }

    /// <summary>UTC; so long the browser remembers the link. Null when it does not.</summary>
    public DateTime? RememberedUntil { get; init; }

    /// <summary>The rule that wins.</summary>
    public AttributionRule? Rule { get; init; }

    /// <summary>As the receipt would name it.</summary>
    public CameBy? CameBy { get; init; }

    /// <summary>Why a Yes is not possible.</summary>
    public JoinProblem? Problem { get; init; }

    /// <summary>As the receipt would list it; others than the reader's own are unnamed unless staff reads.</summary>
    public IReadOnlyList<Contender> InPlay { get; init; } = [];
}
