using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Payouts;

/// <summary>A payout's self-billing statement, for its partner and for staff. To anybody else it is as if it were not there.</summary>
public static class PayoutStatementEndpoint
{
    public static async Task<IResult> Get(
        long id, HttpContext context, ActorSource actors, PayoutStatementQueries statements, ProgramSettingsSource settings, ReaderTime time, IStringLocalizer<PayoutsText> text)
    {
        var ct = context.RequestAborted;
        if (await statements.FindAsync(id, await actors.GetAsync(context.User, ct), ct) is not { } statement)
        {
            return Results.NotFound();
        }

        time.UseZone(context.Request.Cookies["tz"]);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(PdfFile.Write(text.Document(statement, await settings.GetAsync(ct), time)), PdfFile.ContentType, $"{statement.Number}.pdf");
    }
}
