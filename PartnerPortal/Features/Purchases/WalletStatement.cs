using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Whose statement it is, and who gives it.</summary>
/// <param name="Number">The account's, as people see it.</param>
/// <param name="At">UTC; when it was made.</param>
public sealed record StatementHead(string Program, string Account, long Number, DateTime At);

/// <summary>A month of a wallet as a document: what it held, what moved and what for.</summary>
public static class WalletStatement
{
    public static PdfDocument Write(WalletStatementFacts facts, StatementHead head, IStringLocalizer<StatementText> text)
    {
        var (opening, closing) = (facts.Balances.Opening, facts.Balances.Closing);
        var isOver = CalendarMonth.Of(head.At).Number > facts.Month.Number;
        List<PdfBlock> blocks =
        [
            new PdfFacts(
            [
                new PdfFact(text["Account"], head.Account),
                new PdfFact(text["Number"], head.Number.ToString(CultureInfo.InvariantCulture)),
                new PdfFact(text["Currency"], facts.Currency),
                new PdfFact(text["Made"], Day(head.At)),
            ]),
        ];
        if (!isOver)
        {
            blocks.Add(new PdfParagraph(text["NotOver"]));
        }

        blocks.Add(new PdfHeading(text["Balances"]));
        blocks.Add(new PdfTable(
            [new PdfColumn("", 3), new PdfColumn(text["Opening"], 2, IsAmount: true), new PdfColumn(text["Moved"], 2, IsAmount: true), new PdfColumn(text["Closing"], 2, IsAmount: true)],
            [Balance(text["Held"], opening.Pending, closing.Pending), Balance(text["Available"], opening.Available, closing.Available), Balance(text["InPayout"], opening.InPayout, closing.InPayout),
                Balance(text["Paid"], opening.Paid, closing.Paid)],
            [Balance(text["Earned"], facts.Balances.EarnedBefore, facts.Balances.Earned)]));
        blocks.Add(new PdfHeading(text["Movements"]));
        if (facts.Rows.Count == 0)
        {
            blocks.Add(new PdfParagraph(text["Movements.None"]));
        }
        else
        {
            blocks.Add(new PdfTable(
                [
                    new PdfColumn(text["Day"], 3), new PdfColumn(text["What"], 10), new PdfColumn(text["Held"], 3, IsAmount: true), new PdfColumn(text["Available"], 3, IsAmount: true),
                    new PdfColumn(text["InPayout"], 3, IsAmount: true), new PdfColumn(text["Paid"], 3, IsAmount: true),
                ],
                [.. facts.Rows.Select(r => (IReadOnlyList<string>)[Day(r.Movement.At), What(r, text), Moved(r.Movement.Pending), Moved(r.Movement.Available), Moved(r.Movement.InPayout), Moved(r.Movement.Paid)])],
                []));
        }

        if (facts.IsCut)
        {
            blocks.Add(new PdfParagraph(text["Cut", facts.Rows.Count.ToString("N0", CultureInfo.CurrentCulture)]));
        }

        blocks.Add(new PdfParagraph(text["Note"], Quiet: true));
        return new PdfDocument
        {
            Program = head.Program,
            Title = text["Title"],
            Sub = $"{facts.Month.Write()} · {facts.Currency}",
            RightToLeft = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft,
            At = head.At,
            PageOf = (page, of) => text["Page", page, of],
            Blocks = blocks,
        };

        IReadOnlyList<string> Balance(string name, long before, long after) =>
            [name, Money.Write(before, facts.Currency), Moved(after - before), Money.Write(after, facts.Currency)];

        string Moved(long minor) => minor == 0 ? "–" : minor > 0 ? "+" + Money.Write(minor, facts.Currency) : Money.Write(minor, facts.Currency);

        string Day(DateTime utc) => utc.ToString(text["DayFormat"], CultureInfo.CurrentCulture);
    }

    /// <summary>"Commission: A. B., team, level 2".</summary>
    private static string What(StatementRow row, IStringLocalizer<StatementText> text)
    {
        var kind = text["Kind." + row.Movement.Kind];
        if (row.Movement.Reason is { } reason)
        {
            return text["What.Given", kind, reason];
        }

        return row is { Client: { } client, Product: { } product, Level: { } level } ? text["What.Of", kind, client.Length > 0 ? client : text["Client.Unnamed"].Value, product, level] : kind;
    }
}
