using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>A line as it is drawn.</summary>
/// <param name="Id">The line's id, not the account's.</param>
/// <param name="CssClass">Null for most.</param>
/// <param name="Own">Markup: its cells, but for those at the end that many lines have alike.</param>
/// <param name="Alike">Those.</param>
public readonly record struct DrawnLine(long Id, string? CssClass, string Own, string Alike);

/// <summary>
/// The lines of one page of the list. Their cells are drawn once, and what was read for them is let go: a page that is open holds each name as a part of its line and not besides. For
/// other columns or addresses the page is read again.
/// </summary>
/// <param name="rows">In the order of the list.</param>
/// <param name="view">To which the lines lead back.</param>
/// <param name="columns">In the order of the table.</param>
public sealed class DrawnLines(IReadOnlyList<ClientRow> rows, ClientView view, IReadOnlyList<ClientColumn> columns)
{
    private readonly string _address = view.Address("");
    private IReadOnlyList<ClientRow>? _rows = rows;
    private DrawnLine[] _drawn = [];

    public static DrawnLines None { get; } = new([], new ClientView(), []);

    /// <summary>From the top.</summary>
    public IReadOnlyList<long> Ids { get; } = [.. rows.Select(r => r.Id)];

    public IReadOnlyList<ClientColumn> Columns { get; } = columns;

    public bool AreFor(ClientView view, IReadOnlyList<ClientColumn> columns) => _address == view.Address("") && Columns.SequenceEqual(columns);

    /// <summary>Lines for the one would be drawn as those for the other.</summary>
    public static bool AreAlike(ClientView view, IReadOnlyList<ClientColumn> columns, ClientView other, IReadOnlyList<ClientColumn> others) =>
        view.Address("") == other.Address("") && columns.SequenceEqual(others);

    /// <param name="draw">Asked once for each line.</param>
    internal IReadOnlyList<DrawnLine> Drawn(Func<ClientRow, string, DrawnLine> draw)
    {
        if (_rows is { } rows)
        {
            _drawn = [.. rows.Select(r => draw(r, view.Address(PortalUrls.Client(r.Id))))];
            _rows = null;
        }

        return _drawn;
    }
}
