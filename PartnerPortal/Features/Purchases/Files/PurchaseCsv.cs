using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Files;

/// <summary>What is wrong with a line as such; what is wrong with the purchase it tells of is a <see cref="PurchaseProblem"/>.</summary>
public enum CsvProblem
{
    /// <summary>It has more or fewer fields than the head.</summary>
    FieldCount,
    Amount,
    Time,

    /// <summary>It is of an account of the reader's own.</summary>
    Own,

    /// <summary>Its external id was used before, with another content.</summary>
    KeyUsed,

    /// <summary>It is so long that it can be no line; nothing behind it was read.</summary>
    Unreadable,
}

/// <summary>The head lacks columns, or names one twice.</summary>
/// <param name="Columns">As they are called, with commas.</param>
public sealed record CsvColumnsMissing(string Columns) : Error;

/// <summary>A line of the file.</summary>
/// <param name="Number">From 1, the head included, as an editor counts.</param>
/// <param name="Request">Null when it cannot be read.</param>
/// <param name="Column">At fault; empty when it is the whole line, or nothing.</param>
public sealed record PurchaseCsvLine(long Number, PurchaseRequest? Request, string Column, CsvProblem? Problem);

/// <summary>
/// A table of purchases, one a line, read as it comes: only one line is held. Separators are found out by the head; what is no UTF-8 is Windows-1252; every line break ends a
/// line, so that one stray quote spoils one line and not the rest.
/// </summary>
internal sealed class PurchaseCsv : IAsyncDisposable
{
    /// <summary>All there are; those that are not needed count as zero.</summary>
    private static readonly (string Name, bool IsNeeded)[] Columns =
        [("external_id", true), ("client", true), ("product", true), ("currency", true), ("amount", true), ("occurred_at", true), ("discount", false), ("tax", false),
            ("paid_until", false)];

    private readonly CsvReader _reader;
    private readonly int _fields;
    private readonly Dictionary<string, int> _at;

    private PurchaseCsv(CsvReader reader, int fields, Dictionary<string, int> at) => (_reader, _fields, _at) = (reader, fields, at);

    /// <summary>All columns, as a first line may have them.</summary>
    public static string Head { get; } = string.Join("; ", Columns.Select(c => c.Name));

    /// <summary>The column that a member of <see cref="PurchaseRequest"/> is read from.</summary>
    public static string ColumnOf(string member) => member switch
    {
        nameof(PurchaseRequest.ExternalId) => "external_id",
        nameof(PurchaseRequest.OccurredAt) => "occurred_at",
        nameof(PurchaseRequest.PaidUntil) => "paid_until",
        _ => member.ToLowerInvariant(),
    };

    public static async Task<Result<PurchaseCsv>> OpenAsync(string path, CancellationToken ct)
    {
        var reader = CsvReader.Create(Open(path), CsvInput.Options with { Encoding = await EncodingOfAsync(path, ct) });
        try
        {
            await reader.ReadHeaderAsync(ct);
        }
        catch (CsvFormatException)
        {
            await reader.DisposeAsync();
            return new CsvColumnsMissing(Missing([]));
        }

        var names = reader.Headers.Select(h => h.Trim().ToLowerInvariant()).ToList();
        if (Missing(names) is { Length: > 0 } missing)
        {
            await reader.DisposeAsync();
            return new CsvColumnsMissing(missing);
        }

        return new PurchaseCsv(reader, names.Count, Columns.Where(c => names.Contains(c.Name)).ToDictionary(c => c.Name, c => names.IndexOf(c.Name)));
    }

    public async IAsyncEnumerable<PurchaseCsvLine> LinesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            PurchaseCsvLine line;
            try
            {
                if (!await _reader.ReadAsync(ct))
                {
                    yield break;
                }

                line = Read();
            }
            catch (CsvFormatException error)
            {
                line = new PurchaseCsvLine(error.LineNumber, null, "", CsvProblem.Unreadable);
            }

            yield return line;
            if (line.Problem is CsvProblem.Unreadable)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private PurchaseCsvLine Read()
    {
        var number = _reader.LineNumber;
        if (_reader.FieldCount != _fields)
        {
            return new PurchaseCsvLine(number, null, "", CsvProblem.FieldCount);
        }

        var currency = Text("currency").ToUpperInvariant();
        if (!TypedPurchase.TryTime(Text("occurred_at"), out var at))
        {
            return new PurchaseCsvLine(number, null, "occurred_at", CsvProblem.Time);
        }

        var paidUntil = default(DateTime?);
        if (Text("paid_until") is { Length: > 0 } until)
        {
            if (!TypedPurchase.TryTime(until, out var end))
            {
                return new PurchaseCsvLine(number, null, "paid_until", CsvProblem.Time);
            }

            paidUntil = end;
        }

        var amounts = new long[3];
        string[] columns = ["amount", "discount", "tax"];
        for (var i = 0; i < columns.Length; i++)
        {
            var text = Text(columns[i]);
            if ((i == 0 || text.Length > 0) && !TypedPurchase.TryAmount(text, currency, out amounts[i]))
            {
                return new PurchaseCsvLine(number, null, columns[i], CsvProblem.Amount);
            }
        }

        var request = new PurchaseRequest(
            PurchaseSources.Csv, Text("external_id"), TypedPurchase.Client(Text("client")), amounts[0], amounts[1], amounts[2], currency, Text("product"), at, PaidUntil: paidUntil);
        return new PurchaseCsvLine(number, request, "", null);
    }

    private string Text(string column) => _at.TryGetValue(column, out var index) ? _reader.GetString(index).Trim() : "";

    private static string Missing(List<string> names) => string.Join(", ", Columns.Where(c => (c.IsNeeded && !names.Contains(c.Name)) || names.Count(n => n == c.Name) > 1).Select(c => c.Name));

    private static async Task<Encoding?> EncodingOfAsync(string path, CancellationToken ct)
    {
        await using var stream = Open(path);
        return await CsvInput.EncodingOfAsync(stream, ct);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
