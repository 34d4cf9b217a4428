using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Clients;

/// <summary>The lines of one page as a table; on a phone name, address and status remain.</summary>
public sealed partial class ClientTable
{
    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Parameter, EditorRequired] public required DrawnLines Lines { get; set; }

    [Parameter, EditorRequired] public required ClientView View { get; set; }

    /// <summary>The line whose sheet is open.</summary>
    [Parameter] public long? OpenId { get; set; }

    /// <summary>UTC: lines that came later are marked as new.</summary>
    [Parameter] public DateTime NewSince { get; set; }

    /// <summary>Which lines are chosen; null while none was. A click on a line's box is told to the page by js/clients.js, so that no line needs a handler of its own.</summary>
    [Parameter] public ClientSelection? Chosen { get; set; }

    [Parameter] public ClientWidths Widths { get; set; } = ClientWidths.None;

    [Parameter] public EventCallback<ClientSort> OnSort { get; set; }

    /// <summary>All lines of this page are to be chosen, or none of them.</summary>
    [Parameter] public EventCallback<bool> OnPickPage { get; set; }

    private IReadOnlyList<ClientColumn> Columns => Lines.Columns;

    private bool IsWholePage => Chosen is { Count: > 0 } chosen && Lines.Ids.All(chosen.Has);

    private bool IsNew(ClientRow row) => row.Since > NewSince;

    private string? CssClass(ClientRow row) => (IsNew(row), row.Status is ClientStatus.Left) switch
    {
        (true, true) => "new gone",
        (true, false) => "new",
        (false, true) => "gone",
        (false, false) => null,
    };

    private string? AriaSort(ClientSort? by) => by != View.Sorting.By ? null : View.Sorting.Ascending ? "ascending" : "descending";
}
