namespace PartnerPortal.Documents;

/// <summary>A document for people, as pages of A4. Everything in it is in the reader's language already; the same content gives the same bytes.</summary>
public sealed record PdfDocument
{
    /// <summary>The program's name, in the head of every page.</summary>
    public required string Program { get; init; }

    /// <summary>Stands large on the first page, and in the foot of every page.</summary>
    public required string Title { get; init; }

    /// <summary>Tells under the title what it is of: a number, a span; may be empty.</summary>
    public string Sub { get; init; } = "";

    /// <summary>Arabic and other languages that are read from the right.</summary>
    public required bool RightToLeft { get; init; }

    /// <summary>UTC; stands in the file's properties as the time at which it was made. A document has no clock of its own.</summary>
    public required DateTime At { get; init; }

    /// <summary>Writes "Page 2 of 5" from the page's number and how many there are.</summary>
    public required Func<int, int, string> PageOf { get; init; }

    public required IReadOnlyList<PdfBlock> Blocks { get; init; }
}

/// <summary>What stands below each other on the pages.</summary>
public abstract record PdfBlock;

/// <summary>Keeps with what follows it.</summary>
public sealed record PdfHeading(string Text) : PdfBlock;

/// <param name="Text">Lines are broken where they are full, and at line feeds.</param>
/// <param name="Quiet">Small and grey: a remark.</param>
public sealed record PdfParagraph(string Text, bool Quiet = false) : PdfBlock;

/// <summary>Labels with their values beside them.</summary>
public sealed record PdfFacts(IReadOnlyList<PdfFact> Facts) : PdfBlock;

/// <param name="Value">Runs in its own direction, whichever the document has.</param>
public sealed record PdfFact(string Label, string Value);

/// <summary>Who is concerned, beside each other: issuer and receiver. Two fit well.</summary>
public sealed record PdfParties(IReadOnlyList<PdfParty> Parties) : PdfBlock;

/// <param name="Role">"Issued by".</param>
/// <param name="Lines">Name, address, tax number; the first is bold.</param>
public sealed record PdfParty(string Role, IReadOnlyList<string> Lines);

/// <summary>Breaks over pages between rows and repeats its head on each.</summary>
/// <param name="Rows">Each with a cell for each column.</param>
/// <param name="Totals">The same, set apart and bold at the end; kept together.</param>
public sealed record PdfTable(IReadOnlyList<PdfColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<IReadOnlyList<string>> Totals) : PdfBlock;

/// <param name="Head">May be empty.</param>
/// <param name="Weight">Its share of the width, beside the weights of the others.</param>
/// <param name="IsAmount">Set against the end of the line, so that figures stand below each other.</param>
public sealed record PdfColumn(string Head, float Weight, bool IsAmount = false);
