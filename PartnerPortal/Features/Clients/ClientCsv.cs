using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Lines as a table for spreadsheets. Times are UTC (ISO 8601), amounts in the currency's unit with a point.</summary>
public static class ClientCsv
{
    /// <summary>The file's name, with the reader's day.</summary>
    public static string FileName(IStringLocalizer<ClientsText> text, DateTime localNow) =>
        string.Create(CultureInfo.InvariantCulture, $"{text["Export.File"]}-{localNow:yyyy-MM-dd}.csv");

    public static Task WriteAsync(Stream stream, IAsyncEnumerable<ClientRow> rows, IReadOnlyList<ClientColumn> columns, IStringLocalizer<ClientsText> text, CancellationToken ct)
    {
        var headers = columns.Select(c => (string)text["Column." + c]).Prepend(text["Column.Name"]).ToList();
        return CsvText.WriteAsync(stream, headers, rows, row => [row.Name, .. columns.Select(c => Field(row, c, text))], ct);
    }

    private static string? Field(ClientRow row, ClientColumn column, IStringLocalizer<ClientsText> text) => column switch
    {
        ClientColumn.Email => row.Email,
        ClientColumn.Phone => row.Phone,
        ClientColumn.Status => text["Status." + row.Status],
        ClientColumn.CameBy => text["CameBy." + row.CameBy],
        ClientColumn.Since => Iso(row.Since),
        ClientColumn.LastSeen => row.LastSeenAt is { } seen ? Iso(seen) : null,
        ClientColumn.Purchases => (row.Money?.Purchases ?? 0).ToString(CultureInfo.InvariantCulture),
        ClientColumn.Earned => row.Money is null ? null : string.Join("; ", row.Money.Earned.Select(e => $"{Money.WritePlain(e.Minor, e.Currency)} {e.Currency}")),
        ClientColumn.PaidUntil => row.Money?.PaidUntil is { } until ? Iso(until) : null,
        ClientColumn.Tags => string.Join(", ", row.Tags),
    };

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
