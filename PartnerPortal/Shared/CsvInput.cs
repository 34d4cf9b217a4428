using System.Text;
using CsvHelper;

namespace PartnerPortal.Shared;

/// <summary>How tables that come from elsewhere are read: the separator is found out by the first lines, what is no Unicode is Windows-1252.</summary>
public static class CsvInput
{
    /// <summary>Bytes of one line; what is longer can be none.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Every line break ends a line, so that one stray quote spoils one line and not the rest. What stood in a line is in no exception.</summary>
    public static readonly CsvReaderOptions Options = new()
    {
        AllowLineBreaksInQuotes = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestLine,
        IncludeValuesInExceptions = false,
    };

    /// <summary>Reads the stream until the encoding is certain.</summary>
    /// <returns>Null when the file says it itself by its byte order mark, or is UTF-8.</returns>
    public static async Task<Encoding?> EncodingOfAsync(Stream stream, CancellationToken ct)
    {
        var (bytes, chars) = (new byte[64 * 1024], new char[(64 * 1024) + 1]);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var isFirst = true;
        try
        {
            while (await stream.ReadAsync(bytes, ct) is > 0 and var count)
            {
                if (isFirst && count > 1 && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
                {
                    return null;
                }

                // UTF-16 without its mark: the first signs of a table are Latin ones, whose other half is zero.
                if (isFirst && count > 3 && bytes is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..])
                {
                    return bytes[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;
                }

                isFirst = false;
                decoder.GetChars(bytes.AsSpan(0, count), chars, flush: false);
            }

            return null;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252);
        }
    }

    /// <summary>A whole small file as text.</summary>
    /// <returns>Null when it is none: a picture or a program has signs that no text has.</returns>
    public static async Task<string?> TextAsync(byte[] bytes, CancellationToken ct)
    {
        using var whole = new MemoryStream(bytes, writable: false);
        var encoding = await EncodingOfAsync(whole, ct) ?? Encoding.UTF8;
        whole.Position = 0;
        using var reader = new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: true);
        var text = await reader.ReadToEndAsync(ct);
        // Ctrl+Z ended files of old systems.
        text = text.TrimEnd('\u001A');
        return text.AsSpan().ContainsAnyInRange('\0', '\u0008') || text.AsSpan().ContainsAnyInRange('\u000E', '\u001F') ? null : text;
    }
}
