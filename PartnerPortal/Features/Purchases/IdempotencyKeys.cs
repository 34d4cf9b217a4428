using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Remembers which request an <c>Idempotency-Key</c> came with.</summary>
internal static class IdempotencyKeys
{
    /// <summary>Among whose keys a machine's are: one's keys say nothing about another's.</summary>
    public static string SourceOf(Actor actor) => actor.AccountId is { } partner ? string.Create(CultureInfo.InvariantCulture, $"partner-{partner}") : PurchaseSources.Api;

    /// <returns>What the same request came to, or the refusal when it was another; null when the key is new or there is none.</returns>
    public static async Task<Result<Recorded>?> FindAsync(PortalDbContext db, string source, string? key, string hash, CancellationToken ct)
    {
        if (key is null || await db.IdempotentRequests.FirstOrDefaultAsync(r => r.Source == source && r.Key == key, ct) is not { } before)
        {
            return null;
        }

        return before.BodyHash == hash ? new Recorded(before.ResultId, IsNew: false) : new PurchaseKeyUsed(nameof(PurchaseRequest.Key));
    }

    public static void Keep(PortalTransaction work, string source, string? key, string hash, long resultId)
    {
        if (key is not null)
        {
            work.Db.IdempotentRequests.Add(new IdempotentRequest(source, key, hash, resultId, work.Now));
        }
    }
}

/// <summary>A unique index decides between two that come at the same moment; the loser looks again and finds what the winner recorded.</summary>
internal static class Once
{
    private const int Attempts = 3;

    public static async Task<T> MoreAsync<T>(Func<Task<T>> attempt)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (DbUpdateException error) when (left > 1 && error.IsUniqueViolation())
            {
                continue;
            }
        }
    }
}
