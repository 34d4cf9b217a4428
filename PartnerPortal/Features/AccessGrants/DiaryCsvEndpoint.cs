using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>The access diary as a table for spreadsheets: what the page shows, all its pages. Times are UTC.</summary>
public static class DiaryCsvEndpoint
{
    public static async Task<IResult> Get(long? person, long? grant, HttpContext context, ActorSource actors, ExportDiary export, ProgramSettingsSource settings, IStringLocalizer<AccessText> text)
    {
        var ct = context.RequestAborted;
        var lines = await export.ExecuteAsync(new DiaryFilter(person, grant), await actors.GetAsync(context.User, ct), ct);
        if (!lines.Ok)
        {
            return Results.Forbid();
        }

        var program = (await settings.GetAsync(ct)).Name;
        string[] headers = [text["Csv.At"], text["Csv.Person"], text["Csv.From"], text["Csv.What"], text["Csv.Grant"]];
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => CsvText.WriteAsync(stream, headers, lines.Value, Fields, ct), "text/csv; charset=utf-8", text["Csv.File"].Value + ".csv");

        IReadOnlyList<string?> Fields(DiaryLine line) =>
        [
            line.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), line.Person, line.PartnerName ?? program, text.Sentence(line, program),
            line.GrantId?.ToString(CultureInfo.InvariantCulture),
        ];
    }
}
