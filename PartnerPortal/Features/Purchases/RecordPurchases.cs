using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a batch came to.</summary>
/// <param name="Items">In the order of the batch; null where there was no request.</param>
/// <param name="IsReplay">Its key had come before, with the same content. What it recorded then is told as new again; what was refused was tried again.</param>
public sealed record BatchRecorded(IReadOnlyList<Result<Recorded>?> Items, bool IsReplay);

/// <summary>Records many purchases in one transaction, each by the rules and with the answer that it would have alone: one that is refused stops no other.</summary>
public sealed class RecordPurchases(PortalDb portal, TimeProvider clock)
{
    /// <summary>Purchases of a batch at most.</summary>
    public const int Most = 500;

    /// <param name="requests">All of one source, without keys of their own; null where the sender sent nothing that can be read, so that the others keep their places.</param>
    /// <param name="key">The <c>Idempotency-Key</c> of all; null when none was sent.</param>
    /// <param name="actor">A machine of the program.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<BatchRecorded>> ExecuteAsync(IReadOnlyList<PurchaseRequest?> requests, string? key, Actor actor, CancellationToken ct)
    {
        if (!actor.MayPostMoney || requests.Count > Most)
        {
            return new NotAllowed();
        }

        if (key is { Length: 0 or > IdempotentRequest.KeyLength })
        {
            return new PurchaseRefused(PurchaseProblem.KeyTooLong, nameof(PurchaseRequest.Key));
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var items = new Result<Recorded>?[requests.Count];
        var (good, places) = (new List<ToRecord>(requests.Count), new List<int>(requests.Count));
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i]?.Tidy() is not { } request)
            {
                continue;
            }

            if (request.Problem(now) is { } problem)
            {
                items[i] = problem;
                continue;
            }

            good.Add(new ToRecord(request, actor));
            places.Add(i);
        }

        var source = requests.FirstOrDefault(r => r is not null)?.Source ?? PurchaseSources.Api;
        var done = await PurchaseGroup.RecordAsync(portal, good, key is null ? null : new BatchKey(source, key, Print(requests)), ct);
        if (done.KeyUsed is { } used)
        {
            return used;
        }

        for (var i = 0; i < places.Count; i++)
        {
            items[places[i]] = done.Results[i];
        }

        return new BatchRecorded(items, done.IsReplay);
    }

    private static string Print(IReadOnlyList<PurchaseRequest?> requests) => RequestHash.Of(["purchases", .. requests.Select(r => r?.Tidy().Hash())]);
}
