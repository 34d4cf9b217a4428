using System.Text;
using CsvHelper;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>A line of the file.</summary>
/// <param name="Line">From 1, the head included, as an editor counts; where it begins, if it has several.</param>
/// <param name="Fields">As many as the file has columns; null when the line cannot be read.</param>
public sealed record ContactRow(int Line, IReadOnlyList<string>? Fields);

/// <summary>
/// A table of contacts, held in memory as long as its page is open and never written to disk. Notes and addresses in it may have line breaks in quotes. A quote that is never closed
/// spoils its line and not the rest.
/// </summary>
public sealed class ContactFile
{
    /// <summary>Bytes.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>So many contacts at most; see <see cref="ContactsTooMany"/>.</summary>
    public const int Most = 10_000;

    /// <summary>An export with every property of a large CRM has some hundreds.</summary>
    private const int MostColumns = 1000;

    /// <summary>Lines that are looked at to guess, and of which some are shown.</summary>
    private const int Looked = 20;

    private readonly byte[] _text;
    private readonly List<int> _starts;
    private readonly char _separator;
    private readonly bool _hasHead;

    private ContactFile(byte[] text)
    {
        _text = text;
        _starts = StartsOf(text);
        (Columns, _separator) = Head();
        // A list without a head begins with somebody's address.
        _hasHead = !Columns.Any(c => EmailAddress.TryParse(c, out _, out _));
        Columns = _hasHead ? Columns : [.. Columns.Select(_ => "")];
    }

    /// <summary>What the head calls them; empty where it says nothing.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many contacts there are, lines that cannot be read included.</summary>
    public int Count { get; private set; }

    /// <summary>The first contacts.</summary>
    public IReadOnlyList<ContactRow> First { get; private set; } = [];

    /// <summary>Reads a file as it was chosen.</summary>
    /// <param name="bytes">At most <see cref="Largest"/>.</param>
    public static async Task<Result<ContactFile>> OpenAsync(byte[] bytes, CancellationToken ct)
    {
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            return new ContactsAreWorkbook();
        }

        if (await CsvInput.TextAsync(bytes, ct) is not { } text)
        {
            return new ContactsUnreadable();
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new ContactsMissing(HasHead: false);
        }

        var file = new ContactFile(Encoding.UTF8.GetBytes(text));
        if (file.Columns.Count > MostColumns)
        {
            return new ContactsUnreadable();
        }

        var first = new List<ContactRow>();
        foreach (var row in file.Rows())
        {
            ct.ThrowIfCancellationRequested();
            file.Count++;
            if (first.Count < Looked && row.Fields is not null)
            {
                first.Add(row);
            }
        }

        file.First = first;
        return file.Count switch
        {
            0 => new ContactsMissing(HasHead: true),
            > Most => new ContactsTooMany(Most, file.Count),
            _ => file,
        };
    }

    /// <summary>Every contact, in order. Lines with nothing in them are passed over.</summary>
    internal IEnumerable<ContactRow> Rows()
    {
        var skips = _hasHead;
        for (var from = 0; from < _starts.Count;)
        {
            var isMalformed = false;
            using var reader = Reader(from, () => isMalformed = true);
            var next = _starts.Count;
            while (reader.Read())
            {
                var line = from + (int)reader.LineNumber;
                var isLong = reader.RawRecord.IndexOfAny((byte)'\r', (byte)'\n') >= 0;
                var isBroken = (isMalformed && isLong) || HasMore(reader);
                isMalformed = false;
                if (skips)
                {
                    skips = false;
                }
                else if (isBroken)
                {
                    yield return new ContactRow(line, null);
                }
                else if (Fields(reader, Columns.Count) is var fields && fields.Exists(f => f.Length > 0))
                {
                    yield return new ContactRow(line, fields);
                }

                if (isBroken && isLong)
                {
                    // What the quote took along is read again, as lines of their own.
                    next = line;
                    break;
                }
            }

            from = next;
        }
    }

    private static List<string> Fields(CsvReader reader, int count) => [.. Enumerable.Range(0, count).Select(i => reader.GetString(i).Trim())];

    /// <summary>Where each line begins; a line break is CR, LF or both, as the reader counts.</summary>
    private static List<int> StartsOf(byte[] text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return starts;
    }

    /// <summary>The first line; a quote in it that is never closed takes no other along.</summary>
    private (List<string> Fields, char Separator) Head()
    {
        var isMalformed = false;
        using var reader = Reader(0, () => isMalformed = true);
        if (!reader.Read())
        {
            return ([], ',');
        }

        if (!isMalformed)
        {
            return (Fields(reader, reader.FieldCount), reader.Separator);
        }

        using var plain = CsvReader.Create(_text, CsvInput.Options with { HasHeader = false });
        plain.Read();
        return (Fields(plain, plain.FieldCount), plain.Separator);
    }

    private bool HasMore(CsvReader reader) => Enumerable.Range(0, reader.FieldCount).Skip(Columns.Count).Any(i => !reader.IsEmpty(i));

    private CsvReader Reader(int from, Action? malformed = null) => CsvReader.Create(_text.AsMemory(_starts[from]), CsvInput.Options with
    {
        HasHeader = false,
        Separator = from == 0 ? null : _separator,
        AllowLineBreaksInQuotes = true,
        OnMalformedRecord = _ => malformed?.Invoke(),
    });
}
