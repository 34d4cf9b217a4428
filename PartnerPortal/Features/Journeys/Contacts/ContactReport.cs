using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>What a line does.</summary>
public enum ContactVerdict
{
    /// <summary>It is, or would be, invited or created.</summary>
    New,

    /// <summary>The partner asked before; the answer is awaited, or did not come in time.</summary>
    Asked,

    /// <summary>Is the partner's client.</summary>
    Client,

    /// <summary>The partner asked before and was told No, or the client left.</summary>
    Declined,

    /// <summary>The address stood in the file before.</summary>
    Twice,

    NoAddress,

    Wrong,

    /// <summary>It was stopped before.</summary>
    NotReached,
}

/// <summary>The line has more fields than the head, or a quote in it is not closed.</summary>
public sealed record ContactLineBroken : Error;

/// <summary>What a line does, or why it cannot.</summary>
/// <param name="Line">As an editor counts.</param>
/// <param name="Column">At fault, from 0; null when it is the whole line, or nothing.</param>
/// <param name="Problem">Null unless the line is wrong.</param>
public sealed record ContactFinding(int Line, ContactVerdict Verdict, string Name, string Email, int? Column = null, Error? Problem = null);

/// <summary>What a file does, line by line. Nothing in it depends on whether an address has an account (invariant 10).</summary>
/// <param name="Findings">In the order of the file, one for each contact.</param>
/// <param name="Tag">The spelling that the list uses; null when there is none.</param>
public sealed record ContactReport(IReadOnlyList<ContactFinding> Findings, string? Tag)
{
    private readonly Lazy<Dictionary<ContactVerdict, int>> _counts = new(() => Findings.GroupBy(f => f.Verdict).ToDictionary(g => g.Key, g => g.Count()));

    public int CountOf(ContactVerdict verdict) => _counts.Value.GetValueOrDefault(verdict);
}
