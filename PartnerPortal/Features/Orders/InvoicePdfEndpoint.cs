using System.Security.Claims;
using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>An invoice as a file, in the language it was made in; for the account that buys and for staff.</summary>
public static class InvoicePdfEndpoint
{
    public static async Task<IResult> Get(
        string number, ClaimsPrincipal user, HttpContext context, ActorSource actors, OrderQueries orders, IStringLocalizer<OrdersText> text, ReaderTime time, CancellationToken ct)
    {
        if (await orders.InvoiceAsync(number, await actors.GetAsync(user, ct), ct, isFile: true) is not { } invoice)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        using (Languages.Speak(invoice.Language))
        {
            return Results.File(PdfFile.Write(InvoicePaper.Of(invoice, text, time)), PdfFile.ContentType, $"{number}.pdf");
        }
    }
}
