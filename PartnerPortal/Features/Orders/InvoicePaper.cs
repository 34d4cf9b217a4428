using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>Lays an invoice out as a document, in the language spoken now.</summary>
internal static class InvoicePaper
{
    public static PdfDocument Of(InvoiceView invoice, IStringLocalizer<OrdersText> text, ReaderTime time) => new()
    {
        Program = invoice.Seller.Name,
        Title = text["Invoice.Title", invoice.Number].Value,
        Sub = time.LongDate(invoice.IssuedAt),
        RightToLeft = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft,
        At = invoice.IssuedAt,
        PageOf = (page, of) => text["Paper.Page", page, of].Value,
        Blocks =
        [
            new PdfParties([Party(text["Invoice.Seller"].Value, invoice.Seller, text), Party(text["Invoice.Buyer"].Value, invoice.Buyer, text)]),
            new PdfFacts(
            [
                new PdfFact(text["Invoice.Client"].Value, (AccountNumber.Offset + invoice.ClientId).ToString(CultureInfo.InvariantCulture)),
                new PdfFact(text["Column.State"].Value, text["State." + invoice.State].Value),
            ]),
            Sums(invoice, text),
            .. Payment(invoice, text, time),
        ],
    };

    private static PdfParty Party(string role, InvoiceParty party, IStringLocalizer<OrdersText> text) => new(
        role,
        [
            party.Name,
            .. party.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            .. party.TaxId.Length > 0 ? new[] { $"{text["Invoice.TaxId"].Value} {party.TaxId}" } : [],
        ]);

    private static PdfTable Sums(InvoiceView invoice, IStringLocalizer<OrdersText> text)
    {
        List<IReadOnlyList<string>> rows = [[$"{invoice.PlanName} ({text["Period." + invoice.Period].Value})", Write(invoice.Sum.Price)]];
        if (invoice.Sum.Discount > 0)
        {
            rows.Add([text["Sum.Discount"].Value, Write(-invoice.Sum.Discount)]);
        }

        if (invoice.TaxBasisPoints > 0)
        {
            rows.Add([text["Sum.Net"].Value, Write(invoice.Sum.Net)]);
            rows.Add([text["Sum.Tax", Money.WritePercent(invoice.TaxBasisPoints)].Value, Write(invoice.Sum.Tax)]);
        }

        return new PdfTable(
            [new PdfColumn(text["Sum.What"].Value, 4), new PdfColumn(text["Sum.Amount"].Value, 1, IsAmount: true)], rows, [[text["Sum.Total"].Value, Write(invoice.Sum.Total)]]);

        string Write(long minor) => Money.Write(minor, invoice.Currency);
    }

    private static IEnumerable<PdfBlock> Payment(InvoiceView invoice, IStringLocalizer<OrdersText> text, ReaderTime time)
    {
        if (invoice is { State: OrderState.Paid, PaidAt: { } paid })
        {
            yield return new PdfParagraph(text["State.Paid.Text", time.LongDate(paid)].Value);
        }

        foreach (var refund in invoice.Refunds)
        {
            yield return new PdfParagraph(text["Invoice.Refunded", Money.Write(refund.Amount, invoice.Currency), time.LongDate(refund.At)].Value);
        }

        if (invoice.State is not OrderState.Open)
        {
            yield break;
        }

        yield return new PdfHeading(text["Pay.Title"].Value);
        yield return invoice.PaymentDetails.Length > 0
            ? new PdfParagraph(text["Pay.Transfer", Money.Write(invoice.Sum.Total, invoice.Currency), time.LongDate(invoice.DueAt)].Value + "\n" + invoice.PaymentDetails)
            : new PdfParagraph(text["Pay.Ask", invoice.Seller.Name].Value);
        yield return new PdfParagraph($"{text["Pay.Reference"].Value} {invoice.Number}");
    }
}
