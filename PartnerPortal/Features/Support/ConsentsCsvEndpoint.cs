using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>The register of consents as a table for spreadsheets. Times are UTC.</summary>
public static class ConsentsCsvEndpoint
{
    public static async Task<IResult> Get(HttpContext context, ActorSource actors, ExportConsents export, IStringLocalizer<SupportText> text)
    {
        var ct = context.RequestAborted;
        var entries = await export.ExecuteAsync(await actors.GetAsync(context.User, ct), ct);
        if (!entries.Ok)
        {
            return Results.Forbid();
        }

        string[] headers =
        [
            text["Consents.Csv.Id"], text["Consents.Csv.ClientNumber"], text["Consents.Csv.Client"], text["Consents.Csv.PartnerNumber"], text["Consents.Csv.Partner"], text["Consents.Csv.Kind"],
            text["Consents.Csv.Wording"], text["Consents.Csv.Language"], text["Consents.Csv.User"], text["Consents.Csv.Given"], text["Consents.Csv.Withdrawn"],
        ];
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => CsvText.WriteAsync(stream, headers, entries.Value, Fields, ct), "text/csv; charset=utf-8", text["Consents.Csv.File"].Value + ".csv");

        IReadOnlyList<string?> Fields(ConsentEntry e) =>
        [
            Number(e.Id), Number(e.ClientNumber), e.ClientName, Number(e.PartnerNumber), e.PartnerName, text["Consents.Csv.Kind." + e.Kind], Number(e.WordingVersion), e.Language,
            e.GivenByUserId is { } user ? Number(user) : null, Time(e.GivenAt), e.WithdrawnAt is { } at ? Time(at) : null,
        ];
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
