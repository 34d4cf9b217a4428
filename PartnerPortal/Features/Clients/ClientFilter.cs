using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Clients;

/// <summary>By what the list is sorted; the line's id breaks ties.</summary>
public enum ClientSort
{
    Since,
    Name,
    Email,
    Status,
    LastSeen,
    PaidUntil,
}

/// <summary>Which lines are looked for. Empty sets and nulls leave nothing out.</summary>
/// <param name="Search">Words of the name, e-mail or tags, or a phone number in any spelling; all must match.</param>
/// <param name="Statuses">One of these.</param>
/// <param name="CameBy">One of these.</param>
/// <param name="From">UTC: came then or later.</param>
/// <param name="Before">UTC: came earlier.</param>
/// <param name="Tag">Bears this tag.</param>
/// <param name="LapsingAt">UTC, usually now: still the partner's client, and paid until <see cref="Soon"/> after this at most and <see cref="Late"/> before it at least.</param>
/// <param name="Country">ISO 3166 alpha-2 of the country in which a searched phone number is read.</param>
public sealed record ClientFilter(
    string? Search = null, IReadOnlyCollection<ClientStatus>? Statuses = null, IReadOnlyCollection<CameBy>? CameBy = null,
    DateTime? From = null, DateTime? Before = null, string? Tag = null, string? Country = null, DateTime? LapsingAt = null)
{
    /// <summary>Whose paid time ends sooner is to be spoken to about going on.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Who has not renewed after so long is lost.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromDays(30);

    /// <summary>Whether paid time that ends then is about to lapse, or has just lapsed.</summary>
    public static bool IsLapsing(DateTime paidUntil, DateTime now) => paidUntil >= now - Late && paidUntil <= now + Soon;

    /// <summary>As far as somebody may ask: money is no filter for who may not see it.</summary>
    internal ClientFilter For(Actor actor) => actor.MaySeeMoney || LapsingAt is null ? this : this with { LapsingAt = null };
}

/// <summary>The order of the list. Lines without a value come last either way, as there is nothing in them to compare.</summary>
public sealed record ClientSorting(ClientSort By, bool Ascending)
{
    public static readonly ClientSorting Newest = new(ClientSort.Since, false);

    /// <summary>Likewise.</summary>
    internal ClientSorting For(Actor actor) => actor.MaySeeMoney || By is not ClientSort.PaidUntil ? this : Newest;
}
