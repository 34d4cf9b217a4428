using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>The list as a table for spreadsheets: the filter, order and columns of the page, all its pages. Times are UTC (ISO 8601).</summary>
public static class ClientsCsv
{
    public static async Task<IResult> Get(
        HttpContext context, ActorSource actors, ExportClients export, PreferenceQueries preferences, ProgramSettingsSource settings, ReaderTime time, IStringLocalizer<ClientsText> text, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var actor = await actors.GetAsync(context.User, ct);
        time.UseZone(context.Request.Cookies["tz"]);
        var view = ClientView.Parse(context.Request.QueryString.Value);
        var columns = ClientColumns.Parse(await preferences.FindAsync(ClientColumns.Preference, actor, ct));
        var filter = view.ToFilter(time, (await settings.GetAsync(ct)).DefaultCountry);
        var rows = await export.ExecuteAsync(filter, view.Sorting, actor, ct);
        if (!rows.Ok)
        {
            return Results.Forbid();
        }

        var headers = columns.Select(c => (string)text["Column." + c]).Prepend(text["Column.Name"]).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"{text["Export.File"]}-{time.Local(clock.GetUtcNow().UtcDateTime):yyyy-MM-dd}.csv");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            stream => CsvText.WriteAsync(stream, headers, rows.Value, row => [row.Name, .. columns.Select(c => Field(row, c, text))], ct),
            "text/csv; charset=utf-8", name);
    }

    private static string? Field(ClientRow row, ClientColumn column, IStringLocalizer<ClientsText> text) => column switch
    {
        ClientColumn.Email => row.Email,
        ClientColumn.Phone => row.Phone,
        ClientColumn.Status => text["Status." + row.Status],
        ClientColumn.CameBy => text["CameBy." + row.CameBy],
        ClientColumn.Since => Iso(row.Since),
        ClientColumn.LastSeen => row.LastSeenAt is { } seen ? Iso(seen) : null,
        ClientColumn.Tags => string.Join(", ", row.Tags),
    };

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
