using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>
/// The cells of a line as markup. The list is the page that most people keep open: drawn by components and elements it took 756 KB of each, so (and with the menu's links drawn alike) 398 KB
/// (measured). Cells at the end of a line that say the same in many are made once for all readers; all others of the line are one piece. Everything that comes from data is encoded.
/// </summary>
public sealed partial class ClientTable
{
    /// <summary>By itself. There are as many as ways in which a line can end that has nothing of its own there.</summary>
    private static readonly ConcurrentDictionary<string, string> Shared = new(StringComparer.Ordinal);

    /// <summary>Choices of columns multiply the ways; nobody makes so many.</summary>
    private const int KeptAtMost = 5_000;

    private static readonly ThreadLocal<StringBuilder> Piece = new(() => new StringBuilder(2000));

    private DrawnLine Draw(ClientRow row, string address)
    {
        var columns = Columns;
        var cells = Piece.Value!.Clear();
        cells.Append(CultureInfo.InvariantCulture, $"<td><input type=\"checkbox\" aria-labelledby=\"client-{row.Id}\"></td>");
        AddName(cells, row, address);
        var own = columns.Count;
        while (own > 0 && IsAlike(row, columns[own - 1]))
        {
            own--;
        }

        for (var i = 0; i < own; i++)
        {
            AddColumn(cells, row, columns[i]);
        }

        var text = cells.ToString();
        cells.Clear();
        for (var i = own; i < columns.Count; i++)
        {
            AddColumn(cells, row, columns[i]);
        }

        return new DrawnLine(row.Id, CssClass(row), text, cells.Length == 0 ? "" : Kept(cells));
    }

    /// <summary>The cell says what it says in many lines. Those at a line's end are one piece, made once for all readers: most lines without purchases end alike.</summary>
    private static bool IsAlike(ClientRow row, ClientColumn column) => column switch
    {
        ClientColumn.Status or ClientColumn.CameBy => true,
        ClientColumn.Tags => row.Tags.Count == 0,
        ClientColumn.Purchases or ClientColumn.Earned => row.Money is null,
        ClientColumn.PaidUntil => row.Money?.PaidUntil is null,
        ClientColumn.LastSeen => row.LastSeenAt is null,
        _ => false,
    };

    private static string Kept(StringBuilder cells)
    {
        var kept = Shared.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var whole in cells.GetChunks())
        {
            // Nearly always one chunk.
            if (whole.Length == cells.Length && kept.TryGetValue(whole.Span, out var there))
            {
                return there;
            }
        }

        var text = cells.ToString();
        return Shared.Count < KeptAtMost ? Shared.GetOrAdd(text, text) : text;
    }

    private void AddColumn(StringBuilder cells, ClientRow row, ClientColumn column)
    {
        switch (column)
        {
            case ClientColumn.Status:
                cells.Append(StatusCell(row.Status));
                break;
            case ClientColumn.CameBy:
                cells.Append(CameByCell(row.CameBy));
                break;
            default:
                cells.Append("<td class=\"").Append(column.CssClass()).Append("\">");
                AddCell(cells, row, column);
                cells.Append("</td>");
                break;
        }
    }

    private string StatusCell(ClientStatus status) => $"<td class=\"st\"><span class=\"badge {status.Tone().CssClass()}\">{HtmlText.Encode(L["Status." + status])}</span></td>";

    private string CameByCell(CameBy cameBy) => $"<td class=\"came\"><span class=\"by\">{IconMarkup.Of(cameBy.Icon())}<span>{HtmlText.Encode(L["CameBy." + cameBy])}</span></span></td>";

    private void AddName(StringBuilder cell, ClientRow row, string address)
    {
        cell.Append("<th scope=\"row\"><a href=\"").Append(HtmlText.Encode(address)).Append(CultureInfo.InvariantCulture, $"\" id=\"client-{row.Id}\"><bdi>").Append(HtmlText.Encode(row.Name)).Append("</bdi></a>");
        if (IsNew(row))
        {
            cell.Append(" <span class=\"flag\">").Append(HtmlText.Encode(L["Row.New"])).Append("</span>");
        }

        cell.Append("<small>");
        if (L.WhyHidden(row) is { } why)
        {
            cell.Append(HtmlText.Encode(why));
        }
        else
        {
            cell.Append("<bdi dir=\"ltr\">").Append(HtmlText.Encode(row.Email ?? "")).Append("</bdi>");
        }

        cell.Append("</small>");
        AddPhoneMoney(cell, row.Money);
        cell.Append("</th>");
    }

    private void AddCell(StringBuilder cell, ClientRow row, ClientColumn column)
    {
        switch (column)
        {
            case ClientColumn.Email when L.WhyHidden(row) is { } why:
                cell.Append("<span class=\"mute\">").Append(IconMarkup.Of("lock")).Append(HtmlText.Encode(why)).Append("</span>");
                break;
            case ClientColumn.Email when row.Email is { } email:
                var encoded = HtmlText.Encode(email);
                cell.Append("<bdi dir=\"ltr\">").Append(encoded).Append("</bdi>");
                break;
            case ClientColumn.Phone when row.Phone is { } phone:
                cell.Append("<bdi dir=\"ltr\">").Append(HtmlText.Encode(ClientWords.Phone(phone))).Append("</bdi>");
                break;
            case ClientColumn.Email or ClientColumn.Phone:
                AddNothing(cell);
                break;
            case ClientColumn.Purchases or ClientColumn.Earned or ClientColumn.PaidUntil:
                AddMoney(cell, row.Money, column);
                break;
            case ClientColumn.Since:
                AddMoment(cell, row.Since, "");
                break;
            case ClientColumn.LastSeen:
                AddMoment(cell, row.LastSeenAt, row.IsShared || row.Status is ClientStatus.Invited or ClientStatus.Lapsed ? L["Row.Never"] : "–");
                break;
            case ClientColumn.Tags:
                foreach (var tag in row.Tags)
                {
                    cell.Append("<span class=\"tag\">").Append(HtmlText.Encode(tag)).Append("</span> ");
                }

                break;
        }
    }

    private void AddMoney(StringBuilder cell, ClientRowMoney? money, ClientColumn column)
    {
        switch (column)
        {
            case ClientColumn.PaidUntil when money?.PaidUntil is { } until:
                var isLapsing = ClientFilter.IsLapsing(until, Clock.GetUtcNow().UtcDateTime);
                cell.Append(isLapsing ? "<span class=\"due\">" : "").Append(isLapsing ? IconMarkup.Of("clock") : "");
                cell.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{until:s}Z\">").Append(HtmlText.Encode(Time.Date(until))).Append("</time>").Append(isLapsing ? "</span>" : "");
                break;
            case ClientColumn.Purchases when money is not null:
                cell.Append(money.Purchases.ToString("N0", CultureInfo.CurrentCulture));
                break;
            case ClientColumn.Earned when money is not null:
                cell.Append("<bdi>").Append(HtmlText.Encode(ClientWords.Earned(money))).Append("</bdi>");
                break;
            default:
                AddNothing(cell);
                break;
        }
    }

    private void AddNothing(StringBuilder cell) => cell.Append("<span class=\"none\" aria-hidden=\"true\">–</span><span class=\"vh\">").Append(HtmlText.Encode(L["Row.Nothing"])).Append("</span>");

    /// <summary>On a phone there are no columns: the name's cell says it in a line of its own.</summary>
    private void AddPhoneMoney(StringBuilder cell, ClientRowMoney? money)
    {
        if (money is null)
        {
            return;
        }

        var earned = ClientWords.Earned(money);
        cell.Append("<small><bdi>").Append(HtmlText.Encode(money.PaidUntil is { } until ? L["Row.Money", earned, Time.Date(until)] : earned)).Append("</bdi></small>");
    }

    private void AddMoment(StringBuilder cell, DateTime? utc, string without)
    {
        if (utc is not { } at)
        {
            cell.Append("<span class=\"mute\">").Append(HtmlText.Encode(without)).Append("</span>");
            return;
        }

        cell.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{at:s}Z\">").Append(HtmlText.Encode(Time.Brief(at))).Append("</time>");
    }
}
