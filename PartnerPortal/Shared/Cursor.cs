using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PartnerPortal.Shared;

/// <summary>One page of a list, with the cursors of its neighbours; null where there is none.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Previous, string? Next);

/// <summary>
/// A place in a sorted list, as an opaque text: the sort keys of a row as a JSON array in base64url (RFC 4648, 5), which needs no escaping in addresses. It is
/// not signed: it says where to go on, never what may be seen.
/// </summary>
public static class Cursor
{
    /// <summary>Longer ones are not ours.</summary>
    private const int MaxLength = 4096;

    /// <summary>The cursor of a row with these keys, formatted invariantly by the caller.</summary>
    public static string Encode(params IReadOnlyList<string?> keys) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    /// <summary>Reads a cursor; false for anything that <see cref="Encode"/> did not make.</summary>
    public static bool TryDecode(string? cursor, [NotNullWhen(true)] out string?[]? keys)
    {
        keys = null;
        if (cursor is null || cursor.Length is 0 or > MaxLength || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        try
        {
            keys = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return false;
        }

        return keys is not null;
    }

    /// <summary>Reads a cursor of so many keys.</summary>
    public static bool TryDecode(string? cursor, int count, [NotNullWhen(true)] out string?[]? keys)
    {
        if (TryDecode(cursor, out keys) && keys.Length == count)
        {
            return true;
        }

        keys = null;
        return false;
    }
}
