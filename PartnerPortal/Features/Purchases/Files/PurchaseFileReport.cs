using System.Runtime.InteropServices;

namespace PartnerPortal.Features.Purchases.Files;

public enum CsvVerdict
{
    /// <summary>It is, or would be, recorded.</summary>
    New,

    /// <summary>It was recorded before.</summary>
    Known,

    Wrong,
}

/// <summary>What a line does, or why it cannot.</summary>
/// <param name="Column">At fault; empty when it is the whole line, or nothing.</param>
/// <param name="Request">Null when it could not be read.</param>
public sealed record CsvFinding(long Line, CsvVerdict Verdict, string Column, CsvProblem? Csv, PurchaseProblem? Purchase, PurchaseRequest? Request);

/// <summary>A line that cannot be recorded, without what stood in it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WrongLine(long Line, string Column, CsvProblem? Csv, PurchaseProblem? Purchase);

/// <summary>What a file does. It holds the first of the lines, however many there are, and of all wrong ones what is wrong.</summary>
public sealed class PurchaseFileReport
{
    /// <summary>As many as anybody reads.</summary>
    public const int MostProblems = 500;

    /// <inheritdoc cref="MostProblems"/>
    public const int MostOthers = 100;

    private readonly List<CsvFinding> _problems = [];
    private readonly List<CsvFinding> _others = [];
    private readonly List<WrongLine> _wrong = [];

    public int New { get; private set; }

    public int Known { get; private set; }

    public int Wrong { get; private set; }

    public int Lines => New + Known + Wrong;

    /// <summary>The first lines that are wrong.</summary>
    public IReadOnlyList<CsvFinding> Problems => _problems;

    /// <summary>Every line that is wrong.</summary>
    public IReadOnlyList<WrongLine> AllWrong => _wrong;

    /// <summary>The first lines that are not.</summary>
    public IReadOnlyList<CsvFinding> Others => _others;

    internal void Add(CsvFinding finding)
    {
        _ = finding.Verdict switch
        {
            CsvVerdict.New => New++,
            CsvVerdict.Known => Known++,
            CsvVerdict.Wrong => Wrong++,
        };
        if (finding.Verdict is CsvVerdict.Wrong)
        {
            _wrong.Add(new WrongLine(finding.Line, finding.Column, finding.Csv, finding.Purchase));
        }

        var list = finding.Verdict is CsvVerdict.Wrong ? _problems : _others;
        if (list.Count < (finding.Verdict is CsvVerdict.Wrong ? MostProblems : MostOthers))
        {
            list.Add(finding);
        }
    }

    internal void AddWrong(PurchaseCsvLine line, string column, CsvProblem? csv, PurchaseProblem? purchase) => Add(new CsvFinding(line.Number, CsvVerdict.Wrong, column, csv, purchase, line.Request));

    internal void Add(PurchaseCsvLine line, CsvVerdict verdict) => Add(new CsvFinding(line.Number, verdict, "", null, null, line.Request));
}
