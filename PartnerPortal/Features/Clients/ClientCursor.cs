using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Where a page begins or ends, as it stands in an address. A cursor of another sorting, or a damaged one, leads to the first page.</summary>
/// <param name="Backward">The page ends before the place; else it begins after it.</param>
/// <param name="Place">A line of the neighbouring page.</param>
/// <param name="Before">How many lines stood before the page's beginning, or before its end when it is read backward: a large list is not counted again for each page.</param>
internal sealed record ClientCursor(bool Backward, ClientPlace Place, int Before)
{
    public string Encode(ClientSort by) => Cursor.Encode(
        Backward ? "<" : ">", by.ToString(), Place.Key, Place.Id.ToString(CultureInfo.InvariantCulture), Before.ToString(CultureInfo.InvariantCulture));

    public static ClientCursor? Decode(string? text, ClientSort by) =>
        Cursor.TryDecode(text, 5, out var keys)
        && keys[0] is "<" or ">" && keys[1] == by.ToString()
        && long.TryParse(keys[3], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(keys[4], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
        && IsKey(keys[2], by)
            ? new ClientCursor(keys[0] == "<", new ClientPlace(keys[2], id), before)
            : null;

    private static bool IsKey(string? key, ClientSort by) => by switch
    {
        ClientSort.Since => IsTime(key),
        ClientSort.LastSeen or ClientSort.PaidUntil => key is null || IsTime(key),
        ClientSort.Name => key is not null,
        ClientSort.Email => true,
        ClientSort.Status => Enum.TryParse<ClientStatus>(key, out var status) && Enum.IsDefined(status),
    };

    private static bool IsTime(string? key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks;
}
