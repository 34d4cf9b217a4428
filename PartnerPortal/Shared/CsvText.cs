using System.Globalization;
using CsvHelper;

namespace PartnerPortal.Shared;

/// <summary>
/// Tables for spreadsheets: RFC 4180 with CR LF, in UTF-8 with a byte order mark, without which Excel reads accents wrong. A text that a spreadsheet
/// would run as a formula gets an apostrophe before it (OWASP, CSV Injection); a plain negative number is none and stays a number.
/// </summary>
public static class CsvText
{
    /// <summary>OWASP's list, with the line feed. The wide forms that Japanese spreadsheets take for the same (＝＋－＠) are looked for besides.</summary>
    private static readonly CsvWriterOptions Options = new()
    {
        NewLine = "\r\n",
        FormatProvider = CultureInfo.InvariantCulture,
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        InjectionCharacters = "=+-@\t\r\n",
    };

    /// <summary>
    /// Writes rows as they come, without holding them and without blocking, and leaves the stream open. Every row has as many fields as there are headers; null is
    /// an empty field. Numbers and dates are formatted invariantly by the caller.
    /// </summary>
    public static Task WriteAsync(Stream stream, IReadOnlyList<string> headers, IAsyncEnumerable<string?[]> rows, CancellationToken ct = default) =>
        WriteAsync(stream, headers, rows, row => row, ct);

    /// <summary>As above, with what makes the fields of a row.</summary>
    public static async Task WriteAsync<T>(
        Stream stream, IReadOnlyList<string> headers, IAsyncEnumerable<T> rows, Func<T, IReadOnlyList<string?>> fields, CancellationToken ct = default)
    {
        await using var writer = CsvWriter.Create(stream, Options, leaveOpen: true);
        await WriteRowAsync(writer, headers, ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            await WriteRowAsync(writer, fields(row), ct);
        }

        await writer.FlushAsync(ct);
    }

    private static ValueTask WriteRowAsync(CsvWriter writer, IReadOnlyList<string?> fields, CancellationToken ct)
    {
        foreach (var field in fields)
        {
            if (field is ['-', >= '0' and <= '9', ..] && IsPlainNumber(field, out var number))
            {
                writer.WriteField(number, default);
            }
            else
            {
                writer.WriteField(field is ['\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? $"'{field}" : field);
            }
        }

        return writer.EndRecordAsync(ct);
    }

    /// <summary>A number that comes out of the writer exactly as it went in.</summary>
    private static bool IsPlainNumber(string field, out decimal number) =>
        decimal.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == field;
}
