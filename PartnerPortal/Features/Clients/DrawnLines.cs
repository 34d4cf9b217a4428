using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>A line as it is drawn.</summary>
/// <param name="Id">The line's id, not the account's.</param>
/// <param name="CssClass">Null for most.</param>
/// <param name="Own">Markup: its cells, but for those at the end that many lines have alike.</param>
/// <param name="Alike">Those.</param>
public readonly record struct DrawnLine(long Id, string? CssClass, string Own, string Alike);

/// <summary>For what lines are drawn.</summary>
/// <param name="View">To which they lead back.</param>
/// <param name="Columns">In the order of the table.</param>
public sealed record DrawnFor(ClientView View, IReadOnlyList<ClientColumn> Columns)
{
    /// <summary>Lines for the one are drawn as those for the other.</summary>
    public bool IsAlike(DrawnFor other) => View.Address("") == other.View.Address("") && Columns.SequenceEqual(other.Columns);
}

/// <summary>
/// The lines of one page of the list. Their cells are drawn once, and what was read for them is let go: a page that is open holds each name as a part of its line and not besides. For
/// other columns or addresses the page is read again.
/// </summary>
/// <param name="rows">In the order of the list.</param>
/// <param name="drawnFor">See there.</param>
public sealed class DrawnLines(IReadOnlyList<ClientRow> rows, DrawnFor drawnFor)
{
    private IReadOnlyList<ClientRow>? _rows = rows;
    private DrawnLine[] _drawn = [];

    public static DrawnLines None { get; } = new([], new DrawnFor(new ClientView(), []));

    /// <summary>From the top.</summary>
    public IReadOnlyList<long> Ids { get; } = [.. rows.Select(r => r.Id)];

    public DrawnFor For { get; } = drawnFor;

    public IReadOnlyList<ClientColumn> Columns => For.Columns;

    /// <param name="draw">Asked once for each line.</param>
    internal IReadOnlyList<DrawnLine> Drawn(Func<ClientRow, string, DrawnLine> draw)
    {
        if (_rows is { } rows)
        {
            _drawn = [.. rows.Select(r => draw(r, For.View.Address(PortalUrls.Client(r.Id))))];
            _rows = null;
        }

        return _drawn;
    }
}
