using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>By what the list is sorted; the line's id breaks ties.</summary>
public enum ClientSort
{
    Since,
    Name,
    Email,
    Status,
    LastSeen,
}

/// <summary>Which lines are looked for. Empty sets and nulls leave nothing out.</summary>
/// <param name="Search">Words of the name, e-mail or tags, or a phone number in any spelling; all must match.</param>
/// <param name="Statuses">One of these.</param>
/// <param name="CameBy">One of these.</param>
/// <param name="From">UTC: came then or later.</param>
/// <param name="Before">UTC: came earlier.</param>
/// <param name="Tag">Bears this tag.</param>
/// <param name="Country">ISO 3166 alpha-2 of the country in which a searched phone number is read.</param>
public sealed record ClientFilter(
    string? Search = null, IReadOnlyCollection<ClientStatus>? Statuses = null, IReadOnlyCollection<CameBy>? CameBy = null,
    DateTime? From = null, DateTime? Before = null, string? Tag = null, string? Country = null);

/// <summary>The order of the list. Lines without a value come last either way, as there is nothing in them to compare.</summary>
public sealed record ClientSorting(ClientSort By, bool Ascending)
{
    public static readonly ClientSorting Newest = new(ClientSort.Since, false);
}
