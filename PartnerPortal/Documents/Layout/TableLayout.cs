using PartnerPortal.Documents.Text;

namespace PartnerPortal.Documents.Layout;

/// <summary>Lays a table out: rows break over pages between them, the head stands on each page.</summary>
internal sealed class TableLayout
{
    private const float Gap = 10;
    private const float Pad = 4;
    private static readonly TextStyle Head = new(8, Bold: true, Quiet: true);
    private static readonly TextStyle Cell = new(9);
    private static readonly TextStyle Total = new(9, Bold: true);

    private readonly PdfTable _table;
    private readonly PageFlow _flow;
    private readonly float[] _starts;
    private readonly float[] _widths;
    private readonly float[] _widest;

    private TableLayout(PdfTable table, PageFlow flow)
    {
        (_table, _flow) = (table, flow);
        _widest = new float[table.Columns.Count];
        var weights = table.Columns.Sum(c => c.Weight);
        var room = Sheet.Inner - (Gap * (table.Columns.Count - 1));
        _widths = [.. table.Columns.Select(c => room * c.Weight / weights)];
        _starts = new float[_widths.Length];
        for (var i = 1; i < _starts.Length; i++)
        {
            _starts[i] = _starts[i - 1] + _widths[i - 1] + Gap;
        }
    }

    public static void Place(PdfTable table, PageFlow flow) => new TableLayout(table, flow).Place();

    private void Place()
    {
        var head = Row([.. _table.Columns.Select(c => c.Head)], Head);
        var rows = _table.Rows.Select(r => Row(r, Cell)).ToList();
        var totals = _table.Totals.Select(t => Row(t, Total)).ToList();
        // The head with a row at the least.
        _flow.Need(Height(head, Head) + (2 * Cell.LineHeight) + (2 * Pad));
        DrawHead(head);
        _flow.OnNewPage = () => DrawHead(head);
        foreach (var row in rows)
        {
            _flow.Need(Height(row, Cell));
            Draw(row, Cell);
            _flow.Rule(_flow.Y);
        }

        if (totals.Count > 0)
        {
            _flow.Need(totals.Sum(t => Height(t, Total)) + 2);
            _flow.Rule(_flow.Y, strong: true);
            _flow.Y += 2;
            totals.ForEach(t => Draw(t, Total));
        }

        _flow.OnNewPage = null;
        _flow.Y += 12;
    }

    private List<IReadOnlyList<ShapedLine>> Row(IReadOnlyList<string> cells, TextStyle style)
    {
        if (cells.Count != _table.Columns.Count)
        {
            throw new ArgumentException($"A row of {cells.Count} cells does not fit a table of {_table.Columns.Count} columns.");
        }

        List<IReadOnlyList<ShapedLine>> row =
            [.. cells.Select((text, i) => _table.Columns[i].IsAmount && style != Head ? _flow.OwnLines(text, style, _widths[i]) : _flow.Lines(text, style, _widths[i]))];
        for (var i = 0; i < row.Count; i++)
        {
            _widest[i] = Math.Max(_widest[i], row[i].Max(l => l.Width));
        }

        return row;
    }

    private static float Height(List<IReadOnlyList<ShapedLine>> row, TextStyle style) => (row.Max(c => c.Count) * style.LineHeight) + (2 * Pad);

    private void DrawHead(List<IReadOnlyList<ShapedLine>> head)
    {
        Draw(head, Head);
        _flow.Rule(_flow.Y, strong: true);
    }

    private void Draw(List<IReadOnlyList<ShapedLine>> row, TextStyle style)
    {
        for (var i = 0; i < row.Count; i++)
        {
            // Figures end on the right in every language. Where that is not the end of the line, the widest touches the end and the others stand by it.
            var amount = _table.Columns[i].IsAmount;
            var start = amount && _flow.RightToLeft ? _starts[i] + _widths[i] - _widest[i] : _starts[i];
            for (var line = 0; line < row[i].Count; line++)
            {
                _flow.Text(row[i][line], style, start, _widths[i], _flow.Y + Pad + (line * style.LineHeight), amount && !_flow.RightToLeft);
            }
        }

        _flow.Y += Height(row, style);
    }
}
