using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>More than <see cref="ManyClients.Limit"/> lines were chosen.</summary>
public sealed record TooManyClients(int Limit) : Error;

/// <summary>What is done to many lines at once.</summary>
public static class ManyClients
{
    /// <summary>So many lines at most in one go: one transaction holds them, and on SQLite everybody else's writing waits for it.</summary>
    public const int Limit = 10_000;

    /// <summary>So many are in memory at a time, and so often progress is told.</summary>
    internal const int Chunk = 500;

    /// <summary>The ids once each, in parts that fit into a query.</summary>
    internal static IEnumerable<List<long>> Parts(IReadOnlyCollection<long> ids) => ids.Distinct().Chunk(Chunk).Select(part => part.ToList());
}
