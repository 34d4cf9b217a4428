using System.Globalization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary>Reads what stands after the question mark. The first thing that is wrong is kept; so is a parameter that nobody reads, as it would be a slip.</summary>
internal sealed class ApiQuery(IReadOnlyDictionary<string, string> values)
{
    public const int DefaultLimit = 50;

    public const int MostLimit = 200;

    private const int TextLength = 500;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private ApiProblem? _problem;

    /// <summary>What is wrong; null when nothing is. To be asked once everything has been read.</summary>
    public ApiProblem? Problem => _problem
        ?? (values.Keys.FirstOrDefault(k => !_read.Contains(k)) is { } unknown
            ? ApiProblem.Of("parameter-unknown", 422, "There is no such parameter", $"This operation does not know the parameter {unknown}.") : null);

    public string? Text(string name, int atMost = TextLength)
    {
        _read.Add(name);
        if (!values.TryGetValue(name, out var text) || text.Length == 0)
        {
            return null;
        }

        return text.Length <= atMost ? text : Wrong<string>(name, $"have at most {atMost} characters");
    }

    public long? Number(string name) =>
        Text(name) is not { } text ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong(name, "be a number", default(long?));

    public DateTime? Time(string name) =>
        Text(name) is not { } text ? null : ApiTime.TryRead(text, out var utc) ? utc : Wrong(name, "be a time with its offset, such as 2026-11-20T10:00:00Z", default(DateTime?));

    public T? Word<T>(string name)
        where T : struct, Enum => Words<T>(name) is [var first, ..] ? first : null;

    /// <summary>Several with commas between.</summary>
    public IReadOnlyList<T> Words<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return [];
        }

        var known = Enum.GetValues<T>().ToDictionary(v => ApiProblem.Word(v.ToString()), StringComparer.Ordinal);
        var found = text.Split(',').Select(w => known.TryGetValue(w, out var value) ? value : (T?)null).ToList();
        return found.Contains(null) ? Wrong<IReadOnlyList<T>>(name, $"be of {string.Join(", ", known.Keys)}") ?? [] : found.ConvertAll(f => f!.Value);
    }

    /// <summary>An id of ours; minus one for what is none, which nobody has.</summary>
    public long? Id(string name, string kind) => Text(name) is { } text ? ApiIds.Read(kind, text) ?? -1 : null;

    /// <summary>How many to answer, and from where on.</summary>
    public (int Limit, string? Cursor) Page()
    {
        var limit = Number("limit") ?? DefaultLimit;
        var cursor = Text("cursor", 4096);
        if (limit is < 1 or > MostLimit)
        {
            Wrong<string>("limit", $"be from 1 to {MostLimit}");
        }

        if (cursor is not null && !Cursor.TryDecode(cursor, out _))
        {
            _problem ??= ApiProblem.Of("cursor-invalid", 422, "The cursor is not valid", "Send the value of next of the page before, unchanged, with the same other parameters.");
        }

        return ((int)Math.Clamp(limit, 1, MostLimit), cursor);
    }

    private T? Wrong<T>(string name, string must, T? instead = default)
    {
        _problem ??= ApiProblem.Of("parameter-invalid", 422, "A parameter cannot be read", $"The parameter {name} must {must}.");
        return instead;
    }
}
