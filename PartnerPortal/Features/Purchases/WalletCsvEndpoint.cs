using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Purchases;

/// <summary>The wallet as a table for spreadsheets: what the page shows, all its pages; without a currency those of all.</summary>
public static class WalletCsvEndpoint
{
    public static async Task<IResult> Get(HttpContext context, ActorSource actors, ExportWallet export, ReaderTime time, IStringLocalizer<WalletText> text, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var actor = await actors.GetAsync(context.User, ct);
        time.UseZone(context.Request.Cookies["tz"]);
        var wallet = await export.ExecuteAsync(WalletView.Parse(context.Request.QueryString.Value), actor, ct);
        if (!wallet.Ok)
        {
            return Results.Forbid();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => WalletCsv.WriteAsync(stream, wallet.Value, text, ct), "text/csv; charset=utf-8", WalletCsv.FileName(text, time.Local(clock.GetUtcNow().UtcDateTime)));
    }
}
