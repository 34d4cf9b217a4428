using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>A wallet's lines as a table for spreadsheets. Times are UTC (ISO 8601), amounts in the currency's unit with a point.</summary>
public static class WalletCsv
{
    private static readonly string[] Columns =
    [
        "Bought", "Client", "Product", "Level", "State", "Currency", "Price", "Discount", "Base", "Rate", "ByRate", "Granted", "TakenBack", "Net", "HeldUntil", "AvailableSince", "PaidOut", "PaidAt", "Plan", "Version", "Why",
    ];

    /// <summary>The file's name, with the reader's day.</summary>
    public static string FileName(IStringLocalizer<WalletText> text, DateTime localNow) =>
        string.Create(CultureInfo.InvariantCulture, $"{text["Csv.File"]}-{localNow:yyyy-MM-dd}.csv");

    /// <summary>What was given besides comes after what purchases gave.</summary>
    public static Task WriteAsync(Stream stream, WalletExport export, IStringLocalizer<WalletText> text, CancellationToken ct) =>
        CsvText.WriteAsync(stream, [.. Columns.Select(c => (string)text["Csv." + c])], RowsAsync(export, text, ct), ct);

    private static async IAsyncEnumerable<string?[]> RowsAsync(WalletExport export, IStringLocalizer<WalletText> text, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in export.Lines.WithCancellation(ct))
        {
            yield return Fields(line, text);
        }

        await foreach (var credit in export.Credits.WithCancellation(ct))
        {
            yield return Fields(credit, text);
        }
    }

    private static string?[] Fields(CreditLine line, IStringLocalizer<WalletText> text)
    {
        var amount = Money.WritePlain(line.Amount, line.Currency);
        var zero = Money.WritePlain(0, line.Currency);
        return
        [
            Iso(line.OccurredAt), null, null, null, text["State." + line.State()], line.Currency, null, null, null, null, null, amount, zero, amount, null, Iso(line.At),
            line.PaidAt is null ? zero : amount, line.PaidAt is { } paid ? Iso(paid) : null, null, null, text.Title(line),
        ];
    }

    private static string?[] Fields(WalletLine line, IStringLocalizer<WalletText> text)
    {
        return
        [
            Iso(line.At), line.Client, line.Product, Number(line.Level), text["State." + line.State], line.Currency,
            Amount(line.Price), Amount(line.Discount), Amount(line.Base),
            line.Plan is null ? null : line.BasisPoints is { } share ? (share / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%" : Amount(line.Fixed ?? 0),
            Amount(line.BeforeCaps), Amount(line.Granted), Amount(line.Reversed), Amount(line.Net),
            line.Granted > 0 ? Iso(line.HeldUntil) : null, line.ReleasedAt is { } at ? Iso(at) : null, Amount(line.PaidOut), line.PaidAt is { } paid ? Iso(paid) : null,
            line.Plan, line.Version is { } version ? Number(version) : null, text.WhyAndRefunds(line),
        ];

        string Amount(long minor) => Money.WritePlain(minor, line.Currency);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
