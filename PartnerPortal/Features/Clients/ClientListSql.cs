using System.Text.Json;
using PartnerPortal.Data;
using PartnerPortal.Data.Sqlite;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>
/// The statements that read a partner's list. They are written by hand, as the list is the page that is read most, and as its plan must not depend on what the
/// database guesses: on SQLite each statement names its index. A place in the list is compared as a row value, which both databases seek for.
/// </summary>
/// <param name="partnerId">Whose list: every statement is within it.</param>
/// <param name="filter">Which lines.</param>
/// <param name="terms">The filter's search, parsed.</param>
/// <param name="withMoney">The lines say what was bought, too.</param>
/// <param name="isSqlite">Else PostgreSQL, which finds its plan by its statistics.</param>
internal sealed class ClientListSql(long partnerId, ClientFilter filter, IReadOnlyList<ClientTerm> terms, bool withMoney, bool isSqlite)
{
    private const string ListIndex = SqlitePortalDbContext.ClientListIndex;
    private const string PaidIndex = "IX_ClientRecords_PartnerId_PaidUntil_Id";

    private static readonly Dictionary<ClientSort, (string Column, string Index)> Keys = new()
    {
        [ClientSort.Since] = ("Since", ListIndex),
        [ClientSort.Name] = ("SortName", "IX_ClientRecords_PartnerId_SortName_Id"),
        [ClientSort.Email] = ("NormalizedEmail", "IX_ClientRecords_PartnerId_NormalizedEmail_Id"),
        [ClientSort.Status] = ("Status", "IX_ClientRecords_PartnerId_Status_Id"),
        [ClientSort.LastSeen] = ("LastSeenAt", "IX_ClientRecords_PartnerId_LastSeenAt_Id"),
        [ClientSort.PaidUntil] = ("PaidUntil", PaidIndex),
    };

    /// <summary>Who is the partner's client now: who left buys elsewhere, or not at all.</summary>
    private static readonly ClientStatus[] Own = [ClientStatus.Active, ClientStatus.NeverSignedIn];

    /// <summary>Something besides the status is asked for.</summary>
    public bool IsNarrow => terms.Count > 0 || filter.CameBy is { Count: > 0 } || filter.From is not null || filter.Before is not null || filter.Tag is { Length: > 0 } || filter.LapsingAt is not null;

    public bool IsFiltered => IsNarrow || filter.Statuses is { Count: > 0 };

    /// <summary>A question to the index of letters that no line of the filter fails, for all partners; null when there are no three letters in a row to ask for.</summary>
    public string? Letters()
    {
        var asked = terms.Select(LettersOf).Append(filter.Tag is { Length: > 0 } tag ? LettersOf(new ClientTerm([[SearchText.Fold(tag)]])) : null).OfType<string>().ToList();
        return asked.Count == 0 ? null : string.Join(" AND ", asked);
    }

    /// <summary>The lines of a segment after a place, the nearest first: the row's columns, then the sort key as text where the row does not hold it.</summary>
    /// <param name="segment">A part of the sorted list.</param>
    /// <param name="place">Null for the segment's beginning.</param>
    /// <param name="size">So many at most.</param>
    /// <param name="candidates">Ids among which all lines of the filter are; null when they are not known.</param>
    public SqlText Lines(ClientSegment segment, ClientPlace? place, int size, IReadOnlyList<long>? candidates)
    {
        var tags = isSqlite ? "group_concat(t.\"Name\", char(31))" : "string_agg(t.\"Name\", chr(31))";
        var key = segment.By switch { ClientSort.Name => "r.\"SortName\"", ClientSort.Email => "r.\"NormalizedEmail\"", _ => "NULL" };
        var sql = new SqlText().Add($"""
            SELECT r."Id", r."Name", r."Email", r."Phone", r."Status", r."CameBy", r."Since", r."LastSeenAt", r."IsShared",
            (SELECT {tags} FROM "ClientTags" t WHERE t."RecordId" = r."Id"), {key}
            """);
        if (withMoney)
        {
            var money = "m.\"Currency\" || ' ' || m.\"Purchases\" || ' ' || m.\"Earned\"";
            sql.Add($", r.\"PaidUntil\", (SELECT {(isSqlite ? $"group_concat({money}, char(31))" : $"string_agg({money}, chr(31))")} FROM \"ClientMoneyTallies\" m WHERE m.\"PartnerId\" = r.\"PartnerId\" AND m.\"ClientId\" = r.\"ClientId\")");
        }

        Within(sql, Keys[segment.By].Index, candidates);
        var (column, way) = ($"r.\"{Keys[segment.By].Column}\"", segment.Up ? "ASC" : "DESC");
        var sign = segment.Up ? ">" : "<";
        if (segment.IsEmptyKeys)
        {
            sql.Add($" AND {column} IS NULL");
            if (place is not null)
            {
                sql.Add($" AND r.\"Id\" {sign} ").Value(place.Id);
            }

            return sql.Add($" ORDER BY r.\"Id\" {way} LIMIT ").Value(size);
        }

        if (segment.MayBeEmpty)
        {
            sql.Add($" AND {column} IS NOT NULL");
        }

        if (place is not null)
        {
            sql.Add($" AND ({column}, r.\"Id\") {sign} (").Value(segment.IsTime ? place.Time!.Value : place.Key!).Add(", ").Value(place.Id).Add(")");
        }

        return sql.Add($" ORDER BY {column} {way}, r.\"Id\" {way} LIMIT ").Value(size);
    }

    /// <summary>How many lines there are, counted up to a limit.</summary>
    public SqlText Count(int limit, IReadOnlyList<long>? candidates)
    {
        var sql = new SqlText().Add("SELECT count(*) FROM (SELECT 1");
        Within(sql, CheapIndex, candidates);
        return sql.Add(" LIMIT ").Value(limit).Add(") counted");
    }

    /// <summary>The index by which the filter's lines are found in no order: few are about to lapse, and for all else one index holds what is looked at.</summary>
    private string CheapIndex => filter.LapsingAt is null ? ListIndex : PaidIndex;

    /// <summary>The ids of the filter's lines in no order, up to a limit, read from the index alone where it holds all that is asked for.</summary>
    public SqlText Ids(int limit, IReadOnlyList<long>? candidates)
    {
        var sql = new SqlText().Add("SELECT r.\"Id\"");
        Within(sql, CheapIndex, candidates);
        return sql.Add(" LIMIT ").Value(limit);
    }

    /// <summary>As <see cref="Count"/>, of what the index of letters gives. SQLite only.</summary>
    public SqlText CountLettered(string letters, int limit)
    {
        var sql = new SqlText().Add("SELECT count(*) FROM (SELECT 1 FROM \"ClientSearch\" s CROSS JOIN \"ClientRecords\" r ON r.\"Id\" = s.rowid WHERE s.\"ClientSearch\" MATCH ").Value(letters);
        return Conditions(sql.Add(" AND ")).Add(" LIMIT ").Value(limit).Add(")");
    }

    /// <summary>The ids that the index of letters gives, of all partners, ascending, up to a limit. SQLite only.</summary>
    public static SqlText Lettered(string letters, int limit) =>
        new SqlText().Add("SELECT rowid FROM \"ClientSearch\" WHERE \"ClientSearch\" MATCH ").Value(letters).Add(" ORDER BY rowid LIMIT ").Value(limit);

    /// <summary>About how many lines all partners have together. SQLite only.</summary>
    public static SqlText All() => new SqlText().Add("SELECT coalesce(max(\"Id\"), 0) FROM \"ClientRecords\"");

    /// <summary>The partner's tallies: status, count.</summary>
    public SqlText Tallies() =>
        new SqlText().Add("SELECT \"Status\", sum(\"Count\") FROM \"ClientTallies\" WHERE \"PartnerId\" = ").Value(partnerId).Add(" GROUP BY \"Status\"");

    /// <summary>The tags that lines of the partner bear.</summary>
    public SqlText Tags() =>
        new SqlText().Add("SELECT \"Name\" FROM \"ClientTagTallies\" WHERE \"PartnerId\" = ").Value(partnerId).Add(" GROUP BY \"Name\" HAVING sum(\"Count\") > 0");

    /// <summary>When the newest line came.</summary>
    public SqlText Latest() => new SqlText().Add("SELECT \"Since\" FROM \"ClientRecords\" WHERE \"PartnerId\" = ").Value(partnerId).Add(" ORDER BY \"Since\" DESC LIMIT 1");

    public SqlText Arrived(DateTime since) =>
        new SqlText().Add("SELECT count(*) FROM \"ClientRecords\" WHERE \"PartnerId\" = ").Value(partnerId).Add(" AND \"Since\" > ").Value(since);

    private static string? LettersOf(ClientTerm term)
    {
        // Each alternative must have something to ask for, else the others would leave its lines out.
        var alternatives = term.Alternatives.Select(words => words.Where(w => w.EnumerateRunes().Count() >= 3).Select(w => $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\"").ToList()).ToList();
        return alternatives.Any(a => a.Count == 0) ? null : $"({string.Join(" OR ", alternatives.Select(a => $"({string.Join(" AND ", a)})"))})";
    }

    private void Within(SqlText sql, string index, IReadOnlyList<long>? candidates)
    {
        Conditions((candidates is not null
            ? isSqlite
                ? sql.Add(" FROM json_each(").Value(JsonSerializer.Serialize(candidates)).Add(") c CROSS JOIN \"ClientRecords\" r ON r.\"Id\" = c.value")
                : sql.Add(" FROM unnest(").Value(candidates.ToArray()).Add(") c(value) JOIN \"ClientRecords\" r ON r.\"Id\" = c.value")
            : sql.Add(" FROM \"ClientRecords\" r").Add(isSqlite ? $" INDEXED BY \"{index}\"" : "")).Add(" WHERE "));
    }

    private SqlText Conditions(SqlText sql)
    {
        sql.Add("r.\"PartnerId\" = ").Value(partnerId);
        if (filter.Statuses is { Count: > 0 } statuses)
        {
            sql.Add(" AND r.\"Status\" IN (").Listed(statuses.Select(s => s.ToString())).Add(")");
        }

        if (filter.CameBy is { Count: > 0 } ways)
        {
            sql.Add(" AND r.\"CameBy\" IN (").Listed(ways.Select(w => w.ToString())).Add(")");
        }

        if (filter.From is { } from)
        {
            sql.Add(" AND r.\"Since\" >= ").Value(from);
        }

        if (filter.Before is { } before)
        {
            sql.Add(" AND r.\"Since\" < ").Value(before);
        }

        if (filter.Tag is { Length: > 0 } tag)
        {
            sql.Add(" AND EXISTS (SELECT 1 FROM \"ClientTags\" g WHERE g.\"RecordId\" = r.\"Id\" AND g.\"Name\" = ").Value(tag).Add(")");
        }

        if (filter.LapsingAt is { } now)
        {
            sql.Add(" AND r.\"PaidUntil\" >= ").Value(now - ClientFilter.Late).Add(" AND r.\"PaidUntil\" <= ").Value(now + ClientFilter.Soon)
                .Add(" AND r.\"Status\" IN (").Listed(Own.Select(s => s.ToString())).Add(")");
        }

        foreach (var term in terms)
        {
            sql.Add(" AND (");
            for (var a = 0; a < term.Alternatives.Count; a++)
            {
                sql.Add(a == 0 ? "" : " OR ");
                for (var w = 0; w < term.Alternatives[a].Count; w++)
                {
                    sql.Add(w == 0 ? "r.\"SearchText\" LIKE " : " AND r.\"SearchText\" LIKE ").Value(SearchQuery.Pattern(term.Alternatives[a][w])).Add(" ESCAPE '\\'");
                }
            }

            sql.Add(")");
        }

        return sql;
    }
}
