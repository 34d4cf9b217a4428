using System.Globalization;

namespace PartnerPortal.Features.Clients;

/// <summary>The place of a line in a sorting: its key and its id. The key is null where the line has no value.</summary>
internal sealed record ClientPlace(string? Key, long Id)
{
    public DateTime? Time => Key is null ? null : new DateTime(long.Parse(Key, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public static string KeyOf(DateTime time) => time.Ticks.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Sorts lines and cuts them at a place (keyset paging), forward and backward. Backward is the exact mirror of forward, lines without a value included. Where they
/// stand is said in the query, as SQLite and PostgreSQL differ on it.
/// </summary>
/// <param name="By">By what.</param>
/// <param name="Up">Keys and ids ascend.</param>
/// <param name="NullsLast">Lines without a value come after the others.</param>
internal sealed record ClientOrder(ClientSort By, bool Up, bool NullsLast)
{
    public static ClientOrder Of(ClientSorting sorting) => new(sorting.By, sorting.Ascending, true);

    public ClientOrder Reversed => new(By, !Up, !NullsLast);

    public IQueryable<ClientRecord> Sort(IQueryable<ClientRecord> rows) => (By, Up) switch
    {
        (ClientSort.Since, true) => rows.OrderBy(r => r.Since).ThenBy(r => r.Id),
        (ClientSort.Since, false) => rows.OrderByDescending(r => r.Since).ThenByDescending(r => r.Id),
        (ClientSort.Name, true) => rows.OrderBy(r => r.SortName).ThenBy(r => r.Id),
        (ClientSort.Name, false) => rows.OrderByDescending(r => r.SortName).ThenByDescending(r => r.Id),
        (ClientSort.Status, true) => rows.OrderBy(r => r.Status).ThenBy(r => r.Id),
        (ClientSort.Status, false) => rows.OrderByDescending(r => r.Status).ThenByDescending(r => r.Id),
        (ClientSort.Email, true) => rows.OrderBy(r => (r.NormalizedEmail == null) == NullsLast).ThenBy(r => r.NormalizedEmail).ThenBy(r => r.Id),
        (ClientSort.Email, false) => rows.OrderBy(r => (r.NormalizedEmail == null) == NullsLast).ThenByDescending(r => r.NormalizedEmail).ThenByDescending(r => r.Id),
        (ClientSort.LastSeen, true) => rows.OrderBy(r => (r.LastSeenAt == null) == NullsLast).ThenBy(r => r.LastSeenAt).ThenBy(r => r.Id),
        (ClientSort.LastSeen, false) => rows.OrderBy(r => (r.LastSeenAt == null) == NullsLast).ThenByDescending(r => r.LastSeenAt).ThenByDescending(r => r.Id),
        _ => throw new InvalidOperationException($"No such sorting: {By}"),
    };

    /// <summary>The lines that come after a place.</summary>
    public IQueryable<ClientRecord> After(IQueryable<ClientRecord> rows, ClientPlace place) => By switch
    {
        ClientSort.Since => AfterSince(rows, place.Time!.Value, place.Id),
        ClientSort.Name => AfterName(rows, place.Key!, place.Id),
        ClientSort.Status => AfterStatus(rows, Enum.Parse<ClientStatus>(place.Key!), place.Id),
        ClientSort.Email => place.Key is { } email ? AfterEmail(rows, email, place.Id) : AfterNoEmail(rows, place.Id),
        ClientSort.LastSeen => place.Time is { } at ? AfterSeen(rows, at, place.Id) : AfterNotSeen(rows, place.Id),
    };

    private IQueryable<ClientRecord> AfterSince(IQueryable<ClientRecord> rows, DateTime at, long id) => Up
        ? rows.Where(r => r.Since > at || (r.Since == at && r.Id > id))
        : rows.Where(r => r.Since < at || (r.Since == at && r.Id < id));

    private IQueryable<ClientRecord> AfterName(IQueryable<ClientRecord> rows, string name, long id) => Up
        ? rows.Where(r => r.SortName.CompareTo(name) > 0 || (r.SortName == name && r.Id > id))
        : rows.Where(r => r.SortName.CompareTo(name) < 0 || (r.SortName == name && r.Id < id));

    /// <summary>Statuses are stored, sorted and compared by their names.</summary>
    private IQueryable<ClientRecord> AfterStatus(IQueryable<ClientRecord> rows, ClientStatus status, long id) => Up
        ? rows.Where(r => r.Status > status || (r.Status == status && r.Id > id))
        : rows.Where(r => r.Status < status || (r.Status == status && r.Id < id));

    private IQueryable<ClientRecord> AfterEmail(IQueryable<ClientRecord> rows, string email, long id) => (Up, NullsLast) switch
    {
        (true, true) => rows.Where(r => r.NormalizedEmail == null || r.NormalizedEmail.CompareTo(email) > 0 || (r.NormalizedEmail == email && r.Id > id)),
        (false, true) => rows.Where(r => r.NormalizedEmail == null || r.NormalizedEmail.CompareTo(email) < 0 || (r.NormalizedEmail == email && r.Id < id)),
        (true, false) => rows.Where(r => r.NormalizedEmail!.CompareTo(email) > 0 || (r.NormalizedEmail == email && r.Id > id)),
        (false, false) => rows.Where(r => r.NormalizedEmail!.CompareTo(email) < 0 || (r.NormalizedEmail == email && r.Id < id)),
    };

    private IQueryable<ClientRecord> AfterNoEmail(IQueryable<ClientRecord> rows, long id) => (Up, NullsLast) switch
    {
        (true, true) => rows.Where(r => r.NormalizedEmail == null && r.Id > id),
        (false, true) => rows.Where(r => r.NormalizedEmail == null && r.Id < id),
        (true, false) => rows.Where(r => r.NormalizedEmail != null || r.Id > id),
        (false, false) => rows.Where(r => r.NormalizedEmail != null || r.Id < id),
    };

    private IQueryable<ClientRecord> AfterSeen(IQueryable<ClientRecord> rows, DateTime at, long id) => (Up, NullsLast) switch
    {
        (true, true) => rows.Where(r => r.LastSeenAt == null || r.LastSeenAt > at || (r.LastSeenAt == at && r.Id > id)),
        (false, true) => rows.Where(r => r.LastSeenAt == null || r.LastSeenAt < at || (r.LastSeenAt == at && r.Id < id)),
        (true, false) => rows.Where(r => r.LastSeenAt > at || (r.LastSeenAt == at && r.Id > id)),
        (false, false) => rows.Where(r => r.LastSeenAt < at || (r.LastSeenAt == at && r.Id < id)),
    };

    private IQueryable<ClientRecord> AfterNotSeen(IQueryable<ClientRecord> rows, long id) => (Up, NullsLast) switch
    {
        (true, true) => rows.Where(r => r.LastSeenAt == null && r.Id > id),
        (false, true) => rows.Where(r => r.LastSeenAt == null && r.Id < id),
        (true, false) => rows.Where(r => r.LastSeenAt != null || r.Id > id),
        (false, false) => rows.Where(r => r.LastSeenAt != null || r.Id < id),
    };
}
