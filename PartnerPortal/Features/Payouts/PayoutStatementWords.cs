using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Program;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A payout's statement as a document, in the reader's language. It serves as the self-billing invoice, so names and tax numbers stand in full; only the bank account is masked.</summary>
internal static class PayoutStatementWords
{
    public static PdfDocument Document(this IStringLocalizer<PayoutsText> text, PayoutStatement statement, ProgramSettings program, ReaderTime time)
    {
        string Write(long minor) => Money.Write(minor, statement.Currency);
        List<PdfFact> facts =
        [
            new(text["Mail.Number"], statement.Number),
            new(text["Statement.State"], text["Statement.StateAt", text["State." + statement.State], time.LongDate(statement.ChangedAt)]),
            new(text["Statement.Requested"], time.LongDate(statement.RequestedAt)),
            new(text["Mail.Amount"], Write(statement.Amount)),
            new(text["Statement.To"], statement.Payee.MaskedNumber),
        ];
        if (statement.FailureReason is { } reason)
        {
            facts.Add(new PdfFact(text["Statement.Reason"], reason));
        }

        return new PdfDocument
        {
            Program = program.Name,
            Title = text["Statement.Title", statement.Number],
            Sub = text["Statement.Sub", statement.AccountNumber.ToString(CultureInfo.InvariantCulture)],
            RightToLeft = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft,
            At = statement.ChangedAt,
            PageOf = (page, of) => text["Statement.Page", page, of],
            Blocks =
            [
                new PdfParties([new PdfParty(text["Statement.Issuer"], Issuer(text, statement, program)), new PdfParty(text["Statement.Payee"], Payee(text, statement))]),
                new PdfFacts(facts),
                new PdfHeading(text["Statement.Lines"]),
                new PdfTable(
                    [new PdfColumn(text["Column.Date"], 1.3f), new PdfColumn(text["Statement.What"], 4.2f), new PdfColumn(text["Column.Amount"], 1.5f, IsAmount: true)],
                    [.. statement.Lines.Select(l => (IReadOnlyList<string>)[time.Date(l.At), text.Line(l), Write(l.Amount)])],
                    [["", text["Statement.Total"], Write(statement.Amount)]]),
                new PdfParagraph(text["Statement.SelfBilling", program.Name, statement.AccountName], Quiet: true),
            ],
        };
    }

    /// <summary>"Commission: A. B., team, level 1 (INV-1042)".</summary>
    private static string Line(this IStringLocalizer<PayoutsText> text, StatementLine line)
    {
        if (line.Purchase.Length == 0)
        {
            return line.Reason is { } reason ? text[line.Kind is LedgerKind.OpeningBalance ? "Line.OpeningBalance" : "Line.Bonus", reason]
                : line.Returned is { } number ? text["Line.Returned", number] : text["Line.Other"];
        }

        var client = line.Client.Length > 0 ? line.Client : text["Line.FormerClient"].Value;
        return line.Kind is LedgerKind.Reversal ? text["Line.Reversal", client, line.Product, line.Level, line.Purchase]
            : line.Kind is LedgerKind.Held ? text["Line.Held", client, line.Product, line.Level, line.Purchase]
            : line.Kind is LedgerKind.Voided ? text["Line.Voided", client, line.Product, line.Level, line.Purchase]
            : line.Kind is LedgerKind.Correction ? text["Line.Correction", client, line.Product, line.Level, line.Purchase]
            : text["Line.Commission", client, line.Product, line.Level, line.Purchase];
    }

    private static List<string> Issuer(IStringLocalizer<PayoutsText> text, PayoutStatement statement, ProgramSettings program)
    {
        List<string> lines = statement.Issuer.Length > 0 ? [.. PayeeForm.Lines(statement.Issuer)] : program.Footer.Length > 0 ? [program.Name, program.Footer] : [program.Name];
        if (statement.IssuerTaxId.Length > 0)
        {
            lines.Add(text["Statement.TaxId", statement.IssuerTaxId]);
        }

        return lines;
    }

    private static List<string> Payee(IStringLocalizer<PayoutsText> text, PayoutStatement statement)
    {
        var payee = statement.Payee;
        List<string> lines = [payee.Holder, .. PayeeForm.Lines(payee.Address), PhoneCountries.NameOf(payee.Country, CultureInfo.CurrentUICulture)];
        if (payee.TaxId.Length > 0)
        {
            lines.Add(text["Statement.TaxId", payee.TaxId]);
        }

        return lines;
    }
}
