using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Orders;

/// <summary>Mails about an order, to the admins of the account that buys.</summary>
public sealed class OrderMails(AdminMails mail, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<OrdersText> text)
{
    public Task PlacedAsync(PortalTransaction work, Order order, Invoice invoice, CancellationToken ct) => TellAsync(work, MailKinds.OrderPlaced, "Placed", order, invoice, ct);

    public Task PaidAsync(PortalTransaction work, Order order, Invoice invoice, CancellationToken ct) => TellAsync(work, MailKinds.OrderPaid, "Paid", order, invoice, ct);

    private async Task TellAsync(PortalTransaction work, string kind, string what, Order order, Invoice invoice, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await mail.ToAdminsAsync(work, order.ClientId, kind, order.ClientId, admin => new MailContent(
            text[$"Mail.{what}.Subject", order.PlanName, program.Name],
            text[$"Mail.{what}.Preheader", invoice.Number],
            [
                new MailText(text["Mail.Hello", admin.Name]),
                new MailText(text[$"Mail.{what}.Body", order.PlanName, program.Name]),
                new MailFacts(Facts(order, invoice)),
                new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Invoice(invoice.Number)), text["Mail.ButtonIntro"]),
                new MailSmall(text[$"Mail.{what}.Next", invoice.DueAt.ToString("D", System.Globalization.CultureInfo.CurrentCulture)]),
            ]), ct);
    }

    private List<MailFact> Facts(Order order, Invoice invoice)
    {
        List<MailFact> facts = [new(text["Invoice.Number"], invoice.Number, IsCode: true), new(text["Sum.Price"], Write(order.Price))];
        if (order.Discount > 0)
        {
            facts.Add(new(text["Sum.Discount"], Write(-order.Discount)));
        }

        if (order.Tax > 0)
        {
            facts.Add(new(text["Sum.Tax", Money.WritePercent(order.TaxBasisPoints)], Write(order.Tax)));
        }

        facts.Add(new(text["Sum.Total"], Write(order.Sum.Total)));
        return facts;

        string Write(long minor) => Money.Write(minor, order.Currency);
    }
}
