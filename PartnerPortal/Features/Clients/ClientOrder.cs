using System.Globalization;

namespace PartnerPortal.Features.Clients;

/// <summary>The place of a line in a sorting: its key and its id. The key is null where the line has no value.</summary>
internal sealed record ClientPlace(string? Key, long Id)
{
    public DateTime? Time => Key is null ? null : new DateTime(long.Parse(Key, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public static string KeyOf(DateTime time) => time.Ticks.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A part of the sorted list that one index holds in its order: the lines that have a value, or those that have none.</summary>
/// <param name="By">The key.</param>
/// <param name="Up">Keys and ids ascend.</param>
/// <param name="IsEmptyKeys">The lines without a value, by id.</param>
internal readonly record struct ClientSegment(ClientSort By, bool Up, bool IsEmptyKeys)
{
    /// <summary>The key is missing in some lines.</summary>
    public bool MayBeEmpty => By is ClientSort.Email or ClientSort.LastSeen or ClientSort.PaidUntil;

    public bool IsTime => By is ClientSort.Since or ClientSort.LastSeen or ClientSort.PaidUntil;
}

/// <summary>Sorts lines, forward and backward. Backward is the exact mirror of forward, lines without a value included: forward they are the last either way.</summary>
internal sealed record ClientOrder(ClientSort By, bool Up, bool NullsLast)
{
    public static ClientOrder Of(ClientSorting sorting) => new(sorting.By, sorting.Ascending, true);

    public ClientOrder Reversed => new(By, !Up, !NullsLast);

    /// <summary>The parts of the list, in their order, from the one that holds the place.</summary>
    public IEnumerable<ClientSegment> From(ClientPlace? place)
    {
        var (values, empty) = (new ClientSegment(By, Up, false), new ClientSegment(By, Up, true));
        ClientSegment[] all = !values.MayBeEmpty ? [values] : NullsLast ? [values, empty] : [empty, values];
        return place is null ? all : all.SkipWhile(s => s.IsEmptyKeys != (place.Key is null));
    }
}
