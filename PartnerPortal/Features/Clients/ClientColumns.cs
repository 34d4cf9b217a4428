namespace PartnerPortal.Features.Clients;

/// <summary>The columns besides the name, in the order in which they stand.</summary>
public enum ClientColumn
{
    Email,
    Phone,
    Status,
    CameBy,
    Since,
    LastSeen,
    Tags,
}

/// <summary>Which columns a person has chosen, as kept in its preferences.</summary>
public static class ClientColumns
{
    public const string Preference = "clients.columns";

    private const string None = "-";

    public static IReadOnlyList<ClientColumn> All { get; } = Enum.GetValues<ClientColumn>();

    /// <param name="kept">What <see cref="Format"/> made; null gives all.</param>
    public static IReadOnlyList<ClientColumn> Parse(string? kept)
    {
        var names = kept?.Split(',') ?? [];
        return kept is null ? All : [.. All.Where(c => names.Contains(c.ToString(), StringComparer.Ordinal))];
    }

    public static string Format(IReadOnlyCollection<ClientColumn> chosen) => chosen.Count == 0 ? None : string.Join(',', All.Where(chosen.Contains));
}
