using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>The list as a table for spreadsheets: the filter, order and columns of the page, all its pages.</summary>
public static class ClientsCsvEndpoint
{
    /// <summary>The parameter with the columns of a saved view; without it they are those of the plain list.</summary>
    public const string ColumnsParameter = "columns";

    public static async Task<IResult> Get(
        HttpContext context, ActorSource actors, ExportClients export, PreferenceQueries preferences, ProgramSettingsSource settings, ReaderTime time, IStringLocalizer<ClientsText> text, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var actor = await actors.GetAsync(context.User, ct);
        time.UseZone(context.Request.Cookies["tz"]);
        var view = ClientView.Parse(context.Request.QueryString.Value);
        var columns = ((string?)context.Request.Query[ColumnsParameter] ?? await preferences.FindAsync(ClientColumns.Preference, actor, ct)) is { } kept
            ? ClientColumns.Parse(kept, actor) : ClientColumns.AllOf(actor);
        var filter = view.ToFilter(time, (await settings.GetAsync(ct)).DefaultCountry, clock.GetUtcNow().UtcDateTime);
        var rows = await export.ExecuteAsync(filter, view.Sorting, actor, ct);
        if (!rows.Ok)
        {
            return Results.Forbid();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            stream => ClientCsv.WriteAsync(stream, rows.Value, columns, text, ct), "text/csv; charset=utf-8", ClientCsv.FileName(text, time.Local(clock.GetUtcNow().UtcDateTime)));
    }
}
