using PartnerPortal.Documents.Text;

namespace PartnerPortal.Documents.Layout;

/// <summary>Lays a document's blocks out on pages.</summary>
internal sealed class DocumentLayout
{
    private static readonly TextStyle Title = new(20, Bold: true);
    private static readonly TextStyle Sub = new(10, Quiet: true);
    private static readonly TextStyle Heading = new(12, Bold: true);
    private static readonly TextStyle Body = new(9.5f);
    private static readonly TextStyle Strong = new(9.5f, Bold: true);
    private static readonly TextStyle Label = new(9.5f, Quiet: true);
    private static readonly TextStyle Small = new(8, Quiet: true);
    private static readonly TextStyle Brand = new(9, Bold: true);

    private readonly PdfDocument _document;
    private readonly PageFlow _flow;

    private DocumentLayout(PdfDocument document, TextShaper shaper) => (_document, _flow) = (document, new PageFlow(shaper, document.RightToLeft));

    /// <returns>What is drawn on each page; there is at least one.</returns>
    public static IReadOnlyList<IReadOnlyList<Mark>> Of(PdfDocument document, TextShaper shaper)
    {
        var layout = new DocumentLayout(document, shaper);
        layout.Paragraph(document.Title, Title);
        if (document.Sub.Length > 0)
        {
            layout.Paragraph(document.Sub, Sub);
        }

        layout._flow.Y += 10;
        foreach (var block in document.Blocks)
        {
            layout.Place(block);
        }

        layout.HeadsAndFeet();
        return layout._flow.Pages;
    }

    private void Place(PdfBlock block)
    {
        switch (block)
        {
            case PdfHeading heading:
                _flow.Y += 10;
                // Not alone at the end of a page.
                _flow.Need(Heading.LineHeight + (4 * Body.LineHeight));
                Paragraph(heading.Text, Heading);
                _flow.Y += 4;
                break;
            case PdfParagraph paragraph:
                Paragraph(paragraph.Text, paragraph.Quiet ? Small : Body);
                _flow.Y += 8;
                break;
            case PdfFacts facts:
                Facts(facts);
                break;
            case PdfParties parties:
                Parties(parties);
                break;
            case PdfTable table:
                TableLayout.Place(table, _flow);
                break;
            default:
                throw new InvalidOperationException($"A {block.GetType().Name} has no layout.");
        }
    }

    private void Paragraph(string text, TextStyle style)
    {
        foreach (var line in _flow.Lines(text, style, Sheet.Inner))
        {
            _flow.Need(style.LineHeight);
            _flow.Text(line, style, 0, Sheet.Inner, _flow.Y);
            _flow.Y += style.LineHeight;
        }
    }

    private void Facts(PdfFacts facts)
    {
        const float LabelWidth = 150;
        foreach (var fact in facts.Facts)
        {
            var labels = _flow.Lines(fact.Label, Label, LabelWidth - 10);
            var values = _flow.OwnLines(fact.Value, Body, Sheet.Inner - LabelWidth);
            _flow.Need(Math.Max(labels.Count, values.Count) * Body.LineHeight);
            Stack(labels, Label, 0, LabelWidth, _flow.Y);
            Stack(values, Body, LabelWidth, Sheet.Inner - LabelWidth, _flow.Y);
            _flow.Y += (Math.Max(labels.Count, values.Count) * Body.LineHeight) + 2;
        }

        _flow.Y += 8;
    }

    private void Parties(PdfParties parties)
    {
        var width = Sheet.Inner / Math.Max(1, parties.Parties.Count);
        var columns = parties.Parties.Select(p => (
            Role: _flow.Lines(p.Role, Small, width - 14),
            Lines: p.Lines.SelectMany((text, i) => _flow.OwnLines(text, i == 0 ? Strong : Body, width - 14).Select(line => (Line: line, Style: i == 0 ? Strong : Body))).ToList())).ToList();
        var height = columns.Max(c => (c.Role.Count * Small.LineHeight) + 2 + (c.Lines.Count * Body.LineHeight));
        _flow.Need(height);
        for (var i = 0; i < columns.Count; i++)
        {
            Stack(columns[i].Role, Small, i * width, width, _flow.Y);
            var y = _flow.Y + (columns[i].Role.Count * Small.LineHeight) + 2;
            foreach (var (line, style) in columns[i].Lines)
            {
                _flow.Text(line, style, i * width, width, y);
                y += style.LineHeight;
            }
        }

        _flow.Y += height + 14;
    }

    private void Stack(IReadOnlyList<ShapedLine> lines, TextStyle style, float start, float width, float y)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            _flow.Text(lines[i], style, start, width, y + (i * style.LineHeight));
        }
    }

    /// <summary>Last, when it is known how many pages there are.</summary>
    private void HeadsAndFeet()
    {
        const float Half = Sheet.Inner / 2;
        for (var page = 0; page < _flow.Pages.Count; page++)
        {
            _flow.TextOn(page, _flow.Lines(_document.Program, Brand, Sheet.Inner)[0], Brand, 0, Sheet.Inner, Sheet.HeadLine);
            _flow.RuleOn(page, Sheet.HeadLine + 18);
            _flow.RuleOn(page, Sheet.FootLine - 6);
            _flow.TextOn(page, _flow.Lines(_document.Title, Small, Half)[0], Small, 0, Half, Sheet.FootLine);
            _flow.TextOn(page, _flow.Lines(_document.PageOf(page + 1, _flow.Pages.Count), Small, Half)[0], Small, Half, Half, Sheet.FootLine, atEnd: true);
        }
    }
}
