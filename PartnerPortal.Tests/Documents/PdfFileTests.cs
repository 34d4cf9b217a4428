using System.Globalization;
using PartnerPortal.Documents;
using UglyToad.PdfPig.Content;

namespace PartnerPortal.Tests.Documents;

/// <summary>Documents, read back by another library than the one that writes them.</summary>
public sealed class PdfFileTests
{
    private const float Right = 544;

    [Fact]
    public void Write_SameDocument_GivesSameBytes() => Assert.Equal(PdfFile.Write(Statement(120)), PdfFile.Write(Statement(120)));

    [Fact]
    public void Write_Document_HasOnlyItsOwnFonts()
    {
        using var pdf = Read(Statement(3) with { Program = "Łódź Søn Παπαδόπουλος Иванов شركة" });

        var fonts = pdf.GetPages().SelectMany(p => p.Letters).Select(l => l.FontName!.Split('+')[^1]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["NotoSans-Bold", "NotoSans-Regular", "NotoSansArabic-Bold"], fonts);
    }

    [Fact]
    public void Write_LongTable_RepeatsHeadAndNumbersPages()
    {
        using var pdf = Read(Statement(120));

        Assert.InRange(pdf.NumberOfPages, 3, 6);
        var pages = pdf.GetPages().Select(Text).ToList();
        Assert.All(pages, p => Assert.Contains("What for", p, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.Contains("Acme Partners", p, StringComparison.Ordinal));
        Assert.All(pages.Index(), p => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Page {p.Index + 1} of {pages.Count}"), p.Item, StringComparison.Ordinal));
        // Every row once, whichever page it is on, and nothing below the foot.
        Assert.Equal(Enumerable.Range(1, 120), pages.SelectMany(p => p.Split(' ')).Where(w => w.StartsWith("row-", StringComparison.Ordinal)).Select(w => int.Parse(w[4..], CultureInfo.InvariantCulture)));
        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.BoundingBox.Bottom, 20, 842));
    }

    [Fact]
    public void Write_Amounts_EndOnTheSamePlace()
    {
        using var pdf = Read(Statement(9));

        var ends = pdf.GetPage(1).GetWords().Where(w => w.Text.EndsWith(".50", StringComparison.Ordinal)).Select(w => w.BoundingBox.Right).ToList();

        Assert.True(ends.Count >= 9);
        Assert.All(ends, e => Assert.InRange(e, Right - 2, Right + 1));
    }

    [Fact]
    public void Write_LongWord_IsBrokenWithinTheMargins()
    {
        var word = new string('x', 400);
        using var pdf = Read(Statement(1) with { Blocks = [new PdfParagraph("before " + word + " after")] });

        Assert.All(pdf.GetPage(1).Letters, l => Assert.InRange(l.BoundingBox.Right, 40, Right + 2));
        Assert.Equal(400, pdf.GetPage(1).Letters.Count(l => l.Value == "x"));
    }

    [Fact]
    public void Write_Arabic_RunsFromTheRightAndFiguresFromTheLeft()
    {
        using var pdf = Read(Statement(1) with { RightToLeft = true, Title = "كشف \u2068P-12\u2069", Blocks = [new PdfParagraph("دفعة 1,234.50 من Standard v3")] });

        var letters = pdf.GetPage(1).Letters;
        var title = letters.Where(l => l.PointSize > 15).OrderByDescending(l => l.BoundingBox.Left).ToList();
        // The title begins on the right; its letters are joined forms that a reader still copies as what was written.
        Assert.InRange(title[0].BoundingBox.Right, Right - 4, Right + 2);
        Assert.StartsWith("كشف", string.Concat(title.Select(l => l.Value)), StringComparison.Ordinal);
        Assert.Contains("P-12", Text(pdf.GetPage(1)), StringComparison.Ordinal);
        var line = pdf.GetPage(1).GetWords().Where(w => w.Text is "1,234.50" or "Standard" or "v3").OrderByDescending(w => w.BoundingBox.Left).Select(w => w.Text);
        Assert.Equal(["1,234.50", "v3", "Standard"], line);
        // What only directs is not in the text.
        Assert.DoesNotContain(letters, l => l.Value.Any(c => c is '\u2068' or '\u2069'));
    }

    private static PdfDocument Statement(int rows) => new()
    {
        Program = "Acme Partners",
        Title = "Statement P-12",
        Sub = "November",
        RightToLeft = false,
        At = new DateTime(2026, 11, 26, 1, 0, 0, DateTimeKind.Utc),
        PageOf = (page, of) => string.Create(CultureInfo.InvariantCulture, $"Page {page} of {of}"),
        Blocks =
        [
            new PdfParties([new PdfParty("Issued by", ["Acme", "Berlin"]), new PdfParty("Paid to", ["Nora"])]),
            new PdfHeading("Lines"),
            new PdfFacts([new PdfFact("State", "Paid")]),
            new PdfTable(
                [new PdfColumn("What for", 4), new PdfColumn("Amount", 1, IsAmount: true)],
                [.. Enumerable.Range(1, rows).Select(i => (IReadOnlyList<string>)[string.Create(CultureInfo.InvariantCulture, $"row-{i}"), string.Create(CultureInfo.InvariantCulture, $"{i * i}.50")])],
                [["Total", "99.50"]]),
        ],
    };

    private static UglyToad.PdfPig.PdfDocument Read(PdfDocument document) => UglyToad.PdfPig.PdfDocument.Open(PdfFile.Write(document));

    private static string Text(Page page) => string.Join(' ', page.GetWords().Select(w => w.Text));
}
