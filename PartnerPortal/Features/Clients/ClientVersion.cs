using System.Security.Cryptography;
using System.Text.Json;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>A print of what a line of the list says, by which a system that changes it shows that it has seen it as it is.</summary>
public static class ClientVersion
{
    public static string Of(ClientCard card) =>
        Of(card.Row.Name, card.Row.Email, card.Row.Phone, card.Row.Status, card.Row.CameBy, card.Row.Since, card.Row.LastSeenAt, card.Row.IsShared, card.Language, card.Note, card.Row.Tags);

    public static string Of(ClientRecord record) =>
        Of(record.Name, record.Email, record.Phone, record.Status, record.CameBy, record.Since, record.LastSeenAt, record.IsShared, record.Language, record.Note, [.. record.Tags.Select(t => t.Name)]);

    private static string Of(
        string name, string? email, string? phone, ClientStatus status, CameBy cameBy, DateTime since, DateTime? seen, bool isShared, string language, string note, IReadOnlyList<string> tags)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes<object?[]>(
            [name, email, phone, status, cameBy, since.Ticks, seen?.Ticks, isShared, language, note, .. tags.Order(StringComparer.Ordinal)]);
        return Convert.ToHexStringLower(SHA256.HashData(said).AsSpan(0, 12));
    }
}
