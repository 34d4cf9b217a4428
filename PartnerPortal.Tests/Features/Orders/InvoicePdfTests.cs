using System.Net;
using PartnerPortal.Documents;
using PartnerPortal.Features.Orders;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>Invoices as files, read back.</summary>
public sealed class InvoicePdfTests
{
    [Theory]
    [InlineData("en", "Invoice 2026-00001", "Total", "€119.00")]
    [InlineData("ar", "2026-00001", "الإجمالي", "119")]
    public async Task Pdf_OfOwnInvoice_SaysWhatThePageSays(string language, params string[] words)
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.People.ProgramAsync(p => (p.SellerName, p.PaymentDetails) = ("Fernhill Software", "IBAN DK50 0040"));
        await shop.PlanAsync(name: "Team", tax: "19 %");
        var client = await shop.People.PersonAsync("Clara Client", language: language);
        PlacedOrder placed;
        using (Languages.Speak(language))
        {
            placed = (await shop.OrderAsync(client)).Value;
        }

        using var browser = await SignedIn.SignedInClient(portal, client);
        using var answer = await browser.GetAsync(PortalUrls.InvoicePdf(placed.InvoiceNumber));

        Assert.Equal((HttpStatusCode.OK, PdfFile.ContentType), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        var text = string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        Assert.All(["Fernhill Software", "Clara Client", "IBAN DK50 0040", .. language == "en" ? words : words[..1]], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }
}
