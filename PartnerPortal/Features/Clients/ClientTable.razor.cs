using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Clients;

/// <summary>The lines of one page as a table; on a phone name, address and status remain.</summary>
public sealed partial class ClientTable
{
    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Parameter, EditorRequired] public required IReadOnlyList<ClientRow> Rows { get; set; }

    [Parameter, EditorRequired] public required ClientView View { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ClientColumn> Columns { get; set; }

    /// <summary>The line whose sheet is open.</summary>
    [Parameter] public long? OpenId { get; set; }

    /// <summary>UTC: lines that came later are marked as new.</summary>
    [Parameter] public DateTime NewSince { get; set; }

    [Parameter] public EventCallback<ClientSort> OnSort { get; set; }

    private bool IsNew(ClientRow row) => row.Since > NewSince;

    private string CssClass(ClientRow row) => (IsNew(row) ? "new " : "") + (row.Status is ClientStatus.Left ? "gone" : "");

    private string? AriaSort(ClientSort? by) => by != View.Sorting.By ? null : View.Sorting.Ascending ? "ascending" : "descending";

    private RenderFragment Cell(ClientRow row, ClientColumn column) => column switch
    {
        ClientColumn.Email => Email(row),
        ClientColumn.Phone => Phone(row.Phone),
        ClientColumn.Status => Status(row.Status),
        ClientColumn.CameBy => By(row),
        ClientColumn.Since => Moment(row.Since, ""),
        ClientColumn.LastSeen => Moment(row.LastSeenAt, row.IsShared || row.Status is ClientStatus.Invited or ClientStatus.Lapsed ? L["Row.Never"] : "–"),
        ClientColumn.Tags => TagList(row.Tags),
    };
}
