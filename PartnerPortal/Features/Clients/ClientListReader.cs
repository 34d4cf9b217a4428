using System.Data.Common;
using System.Globalization;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>A line with the key by which the list is sorted, where the line itself does not hold it.</summary>
internal sealed record KeyedClient(ClientRow Row, string? Key)
{
    public ClientPlace PlaceIn(ClientSort by) => new(
        by switch
        {
            ClientSort.Since => ClientPlace.KeyOf(Row.Since),
            ClientSort.Name or ClientSort.Email => Key,
            ClientSort.Status => Row.Status.ToString(),
            ClientSort.LastSeen => Row.LastSeenAt is { } seen ? ClientPlace.KeyOf(seen) : null,
            ClientSort.PaidUntil => Row.Money?.PaidUntil is { } until ? ClientPlace.KeyOf(until) : null,
        },
        Row.Id);
}

/// <summary>
/// Reads one partner's list as a filter narrows it, on one connection. Where few lines match, they are found first and sorted then; where many do, the list is walked in
/// its order until the page is full. On SQLite this is decided here, by asking the index of letters; PostgreSQL knows it from its statistics.
/// </summary>
internal sealed class ClientListReader
{
    /// <summary>So many are counted of what cannot be known without counting.</summary>
    public const int CountedAtMost = 1_000;

    /// <summary>A partner with fewer lines is walked without asking whether something is rare.</summary>
    private const int FewLines = 5_000;

    /// <summary>So many matches are fetched and sorted rather than walked for. The plain order is walked faster: its index holds all that a filter looks at.</summary>
    private const int SortedAtMost = 10_000;
    private const int SortedAtMostInPlainOrder = 1_000;

    private readonly PreparedConnection _connection;
    private readonly ClientFilter _filter;
    private readonly ClientListSql _sql;
    private readonly string? _letters;
    private Dictionary<ClientStatus, int>? _tallies;
    private List<long>? _lettered;
    private List<long>? _rare;
    private bool _isProbed;

    /// <param name="connection">To read on.</param>
    /// <param name="partnerId">Whose list.</param>
    /// <param name="filter">Which lines of it.</param>
    /// <param name="among">Only lines with these ids; null for the whole list.</param>
    /// <param name="withMoney">The lines say what was bought, too; needed where they are sorted by it. The caller has asked whether it may be seen.</param>
    public ClientListReader(PreparedConnection connection, long partnerId, ClientFilter filter, List<long>? among = null, bool withMoney = false)
    {
        (_connection, _filter, _rare, _isProbed) = (connection, filter, among, among is not null);
        _sql = new ClientListSql(partnerId, filter, ClientTerms.Parse(filter.Search, filter.Country), withMoney, connection.IsSqlite);
        _letters = connection.IsSqlite ? _sql.Letters() : null;
    }

    /// <summary>Lines of the whole list by status; a status without lines is missing.</summary>
    public async Task<IReadOnlyDictionary<ClientStatus, int>> TalliesAsync(CancellationToken ct)
    {
        if (_tallies is null)
        {
            var rows = await _connection.ReadAsync(_sql.Tallies(), r => (Status: Enum.Parse<ClientStatus>(r.GetString(0)), Count: (int)r.GetInt64(1)), ct);
            _tallies = rows.Where(r => r.Count > 0).ToDictionary(r => r.Status, r => r.Count);
        }

        return _tallies;
    }

    /// <summary>All tags of the whole list, in the reader's alphabetical order.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(CancellationToken ct)
    {
        var tags = await _connection.ReadAsync(_sql.Tags(), r => r.GetString(0), ct);
        tags.Sort(StringComparer.CurrentCultureIgnoreCase);
        return tags;
    }

    /// <returns>UTC: when the newest line of the whole list came; null for an empty one.</returns>
    public async Task<DateTime?> LatestAsync(CancellationToken ct) => await _connection.ReadAsync(_sql.Latest(), r => Utc(r, 0), ct) is [var latest] ? latest : null;

    /// <summary>How many lines of the whole list came after a moment (UTC).</summary>
    public async Task<int> ArrivedAsync(DateTime since, CancellationToken ct) => (int)await ReadOneAsync(_sql.Arrived(since), ct);

    /// <summary>The lines after a place, the nearest first.</summary>
    public async Task<List<KeyedClient>> LinesAsync(ClientOrder order, ClientPlace? place, int size, CancellationToken ct)
    {
        var rare = await RareAsync(order.By, ct);
        var found = new List<KeyedClient>(size);
        foreach (var segment in order.From(place))
        {
            var from = place is not null && segment.IsEmptyKeys == (place.Key is null) ? place : null;
            found.AddRange(await _connection.ReadAsync(_sql.Lines(segment, from, size - found.Count, rare), Line, ct));
            if (found.Count >= size)
            {
                break;
            }
        }

        return found;
    }

    /// <returns>How many lines there are, and whether there are more than that.</returns>
    public async Task<(int Count, bool IsMore)> CountAsync(CancellationToken ct)
    {
        if (!_sql.IsNarrow)
        {
            var tallies = await TalliesAsync(ct);
            return (tallies.Where(t => _filter.Statuses is not { Count: > 0 } statuses || statuses.Contains(t.Key)).Sum(t => t.Value), false);
        }

        const int limit = CountedAtMost + 1;
        var counted = (int)(await ReadOneAsync(
            _rare is not null ? _sql.Count(limit, _rare) : await IsCountedByLettersAsync(ct) ? _sql.CountLettered(_letters!, limit) : _sql.Count(limit, null), ct));
        return (Math.Min(counted, CountedAtMost), counted >= limit);
    }

    /// <summary>The ids of the filter's lines, in no order.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(int atMost, CancellationToken ct) =>
        await _connection.ReadAsync(_sql.Ids(atMost, await RareAsync(ClientSort.Since, ct)), r => r.GetInt64(0), ct);

    /// <summary>Ids among which all matches are, when they are few enough to be sorted; else null.</summary>
    private async Task<IReadOnlyList<long>?> RareAsync(ClientSort by, CancellationToken ct)
    {
        if (!_isProbed && _connection.IsSqlite && _sql.IsFiltered && (await TalliesAsync(ct)).Values.Sum() > FewLines)
        {
            if (_filter.LapsingAt is not null)
            {
                var lapsing = by is ClientSort.PaidUntil ? null : await IdsOfAsync(_sql.Ids(SortedAtMost + 1, null));
                (_rare, _isProbed) = (lapsing?.Count <= SortedAtMost ? lapsing : null, true);
                return _rare;
            }

            var limit = by is ClientSort.Since ? SortedAtMostInPlainOrder : SortedAtMost;
            _lettered = _letters is { } letters ? await IdsOfAsync(ClientListSql.Lettered(letters, limit + 1)) : null;
            var found = _lettered ?? (by is ClientSort.Since ? null : await IdsOfAsync(_sql.Ids(limit + 1, null)));
            _rare = found?.Count <= limit ? found : null;
        }

        _isProbed = true;
        return _rare;

        Task<List<long>> IdsOfAsync(SqlText sql) => _connection.ReadAsync(sql, r => r.GetInt64(0), ct);
    }

    /// <summary>
    /// Whether the limit of counting is reached sooner by looking up what the index of letters gives than by walking the list: when few lines match, and most of them are this partner's.
    /// How many match is told by how far apart the first of them are.
    /// </summary>
    private async Task<bool> IsCountedByLettersAsync(CancellationToken ct)
    {
        if (_lettered is not { Count: > 1 } first || (first[^1] - first[0]) / (double)first.Count < 50)
        {
            return false;
        }

        return (await TalliesAsync(ct)).Values.Sum() * 10L > await ReadOneAsync(ClientListSql.All(), ct);
    }

    private async Task<long> ReadOneAsync(SqlText sql, CancellationToken ct) => (await _connection.ReadAsync(sql, r => r.GetInt64(0), ct))[0];

    private static KeyedClient Line(DbDataReader r) => new(
        new ClientRow(
            r.GetInt64(0), r.GetString(1), Text(r, 2), Text(r, 3), Enum.Parse<ClientStatus>(r.GetString(4)), Enum.Parse<CameBy>(r.GetString(5)),
            Utc(r, 6), r.IsDBNull(7) ? null : Utc(r, 7), r.GetBoolean(8), Tags(Text(r, 9)), r.FieldCount > 11 ? Money(r) : null),
        Text(r, 10));

    private static string[] Tags(string? joined)
    {
        var tags = joined?.Split('\u001f') ?? [];
        Array.Sort(tags, StringComparer.CurrentCultureIgnoreCase);
        return tags;
    }

    /// <summary>"EUR 3 4320": a currency, how many purchases, and what they earned.</summary>
    private static ClientRowMoney? Money(DbDataReader r)
    {
        var (count, earned) = (0, new List<(string, long)>(1));
        foreach (var part in Text(r, 12)?.Split('\u001f').Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            var words = part.Split(' ');
            var purchases = int.Parse(words[1], CultureInfo.InvariantCulture);
            count += purchases;
            if (purchases > 0)
            {
                earned.Add((words[0], long.Parse(words[2], CultureInfo.InvariantCulture)));
            }
        }

        var until = r.IsDBNull(11) ? default(DateTime?) : Utc(r, 11);
        return count == 0 && until is null ? null : new ClientRowMoney(until, count, earned);
    }

    private static DateTime Utc(DbDataReader r, int column) => DateTime.SpecifyKind(r.GetDateTime(column), DateTimeKind.Utc);

    private static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
