using PartnerPortal.Identity;

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
    Purchases,
    Earned,
    PaidUntil,
    Tags,
}

/// <summary>Which columns a person has chosen, as kept in its preferences.</summary>
public static class ClientColumns
{
    public const string Preference = "clients.columns";

    private const string None = "-";

    public static IReadOnlyList<ClientColumn> All { get; } = Enum.GetValues<ClientColumn>();

    private static readonly IReadOnlyList<ClientColumn> WithoutMoney = [.. All.Where(c => !c.IsMoney())];

    /// <summary>What stands without being chosen, where money does: all of them would leave none of them room.</summary>
    private static readonly IReadOnlyList<ClientColumn> UsualWithMoney = [.. All.Except([ClientColumn.Phone, ClientColumn.CameBy, ClientColumn.LastSeen])];

    /// <summary>Says what a client bought, or what that earned.</summary>
    public static bool IsMoney(this ClientColumn column) => column is ClientColumn.Purchases or ClientColumn.Earned or ClientColumn.PaidUntil;

    /// <summary>Those that a person may see.</summary>
    public static IReadOnlyList<ClientColumn> AllOf(Actor actor) => actor.MaySeeMoney ? All : WithoutMoney;

    /// <summary>What a person sees that has chosen nothing.</summary>
    public static IReadOnlyList<ClientColumn> UsualOf(Actor actor) => actor.MaySeeMoney ? UsualWithMoney : WithoutMoney;

    /// <param name="kept">What <see cref="Format"/> made; null when nothing was chosen.</param>
    /// <param name="actor">Gets those alone that it may see, whatever was kept.</param>
    public static IReadOnlyList<ClientColumn> Parse(string? kept, Actor actor)
    {
        var names = kept?.Split(',') ?? [];
        return kept is null ? UsualOf(actor) : [.. AllOf(actor).Where(c => names.Contains(c.ToString(), StringComparer.Ordinal))];
    }

    public static string Format(IReadOnlyCollection<ClientColumn> chosen) => chosen.Count == 0 ? None : string.Join(',', All.Where(chosen.Contains));
}
