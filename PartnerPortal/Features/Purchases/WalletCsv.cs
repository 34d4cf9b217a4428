using System.Globalization;
using Microsoft.Extensions.Localization;
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

    public static Task WriteAsync(Stream stream, IAsyncEnumerable<WalletLine> lines, IStringLocalizer<WalletText> text, CancellationToken ct) =>
        CsvText.WriteAsync(stream, [.. Columns.Select(c => (string)text["Csv." + c])], lines, line => Fields(line, text), ct);

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
