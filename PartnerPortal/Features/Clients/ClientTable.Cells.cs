using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>
/// The cells of a line as markup. The list is the page that most people keep open: drawn by components and elements it took 756 KB of each, so (and with the menu's links drawn alike) 398 KB
/// (measured). Cells that say the same in every line are made once for all readers of a language; all others are joined into as few pieces as there are. Everything that comes from data is encoded.
/// </summary>
public sealed partial class ClientTable
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly ConcurrentDictionary<(string Culture, ClientStatus? Status, CameBy? CameBy), MarkupString> Shared = new();

    /// <summary>The name's cell and those of the columns, in their order.</summary>
    /// <param name="row">The line.</param>
    /// <param name="id">Of the name's link; the line's box is named by it.</param>
    /// <param name="address">Where the name leads.</param>
    /// <param name="isNew">The line came since the page was opened.</param>
    /// <param name="columns">In the order of the table.</param>
    private IEnumerable<MarkupString> Cells(ClientRow row, string id, string address, bool isNew, IReadOnlyList<ClientColumn> columns)
    {
        var piece = new StringBuilder(400);
        var alike = 0;
        AddName(piece, row, id, address, isNew);
        foreach (var column in columns)
        {
            if (column is ClientColumn.Status or ClientColumn.CameBy)
            {
                if (piece.Length > 0)
                {
                    yield return new MarkupString(piece.ToString());
                    piece.Clear();
                }

                alike += column is ClientColumn.Status ? 1 : 2;
                continue;
            }

            if (alike > 0)
            {
                yield return Alike(row, alike);
                alike = 0;
            }

            piece.Append("<td class=\"").Append(column.CssClass()).Append("\">");
            AddCell(piece, row, column);
            piece.Append("</td>");
        }

        if (alike > 0)
        {
            yield return Alike(row, alike);
        }

        if (piece.Length > 0)
        {
            yield return new MarkupString(piece.ToString());
        }
    }

    /// <summary>Status (1), how the client came (2), or both: they stand side by side, and as one piece each line has one frame less.</summary>
    private MarkupString Alike(ClientRow row, int which)
    {
        var key = (CultureInfo.CurrentUICulture.Name, which % 2 == 0 ? (ClientStatus?)null : row.Status, which < 2 ? (CameBy?)null : row.CameBy);
        return Shared.TryGetValue(key, out var made) ? made
            : Shared.GetOrAdd(key, new MarkupString((key.Item2 is { } status ? StatusCell(status) : "") + (key.Item3 is { } cameBy ? CameByCell(cameBy) : "")));
    }

    private string StatusCell(ClientStatus status) => $"<td class=\"st\"><span class=\"badge {status.Tone().CssClass()}\">{Html.Encode(L["Status." + status])}</span></td>";

    private string CameByCell(CameBy cameBy) => $"<td class=\"came\"><span class=\"by\">{IconMarkup.Of(cameBy.Icon())}<span>{Html.Encode(L["CameBy." + cameBy])}</span></span></td>";

    private void AddName(StringBuilder cell, ClientRow row, string id, string address, bool isNew)
    {
        cell.Append("<th scope=\"row\"><a href=\"").Append(Html.Encode(address)).Append("\" id=\"").Append(id).Append("\"><bdi>").Append(Html.Encode(row.Name)).Append("</bdi></a>");
        if (isNew)
        {
            cell.Append(" <span class=\"flag\">").Append(Html.Encode(L["Row.New"])).Append("</span>");
        }

        cell.Append("<small>");
        if (L.WhyHidden(row) is { } why)
        {
            cell.Append(Html.Encode(why));
        }
        else
        {
            cell.Append("<bdi dir=\"ltr\">").Append(Html.Encode(row.Email ?? "")).Append("</bdi>");
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
                cell.Append("<span class=\"mute\">").Append(IconMarkup.Of("lock")).Append(Html.Encode(why)).Append("</span>");
                break;
            case ClientColumn.Email when row.Email is { } email:
                var encoded = Html.Encode(email);
                cell.Append("<bdi dir=\"ltr\">").Append(encoded).Append("</bdi>");
                break;
            case ClientColumn.Phone when row.Phone is { } phone:
                cell.Append("<bdi dir=\"ltr\">").Append(Html.Encode(ClientWords.Phone(phone))).Append("</bdi>");
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
                    cell.Append("<span class=\"tag\">").Append(Html.Encode(tag)).Append("</span> ");
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
                cell.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{until:s}Z\">").Append(Html.Encode(Time.Date(until))).Append("</time>").Append(isLapsing ? "</span>" : "");
                break;
            case ClientColumn.Purchases when money is not null:
                cell.Append(money.Purchases.ToString("N0", CultureInfo.CurrentCulture));
                break;
            case ClientColumn.Earned when money is not null:
                cell.Append("<bdi>").Append(Html.Encode(ClientWords.Earned(money))).Append("</bdi>");
                break;
            default:
                AddNothing(cell);
                break;
        }
    }

    private void AddNothing(StringBuilder cell) => cell.Append("<span class=\"none\" aria-hidden=\"true\">–</span><span class=\"vh\">").Append(Html.Encode(L["Row.Nothing"])).Append("</span>");

    /// <summary>On a phone there are no columns: the name's cell says it in a line of its own.</summary>
    private void AddPhoneMoney(StringBuilder cell, ClientRowMoney? money)
    {
        if (money is null)
        {
            return;
        }

        var earned = ClientWords.Earned(money);
        cell.Append("<small><bdi>").Append(Html.Encode(money.PaidUntil is { } until ? L["Row.Money", earned, Time.Date(until)] : earned)).Append("</bdi></small>");
    }

    private void AddMoment(StringBuilder cell, DateTime? utc, string without)
    {
        if (utc is not { } at)
        {
            cell.Append("<span class=\"mute\">").Append(Html.Encode(without)).Append("</span>");
            return;
        }

        cell.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{at:s}Z\">").Append(Html.Encode(Time.Brief(at))).Append("</time>");
    }
}
