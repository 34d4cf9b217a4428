using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What the API answers; for the program's machines and staff.</summary>
public sealed class PurchaseQueries(PortalDb portal)
{
    /// <exception cref="InvalidOperationException">The actor may not know, or there is no such purchase: a bug, since it was recorded by it just before.</exception>
    public async Task<PurchaseAnswer> AnswerAsync(Recorded recorded, Actor actor, CancellationToken ct) => (await AnswersAsync([recorded], actor, ct))[recorded.Id];

    /// <summary>The same of many, by their ids.</summary>
    public async Task<IReadOnlyDictionary<long, PurchaseAnswer>> AnswersAsync(IReadOnlyCollection<Recorded> recorded, Actor actor, CancellationToken ct)
    {
        Check(actor);
        var answers = recorded.Select(r => r.Made).OfType<Purchase>().ToDictionary(p => p.Id, Write);
        List<long> others = [.. recorded.Select(r => r.Id).Where(id => !answers.ContainsKey(id)).Distinct()];
        if (others.Count > 0)
        {
            await using var db = await portal.ReadAsync(ct);
            foreach (var purchase in await db.Purchases.Where(p => others.Contains(p.Id)).ToListAsync(ct))
            {
                answers.Add(purchase.Id, Write(purchase));
            }
        }

        return answers;
    }

    /// <summary>The same of a refund.</summary>
    public async Task<RefundAnswer> RefundAnswerAsync(long id, Actor actor, CancellationToken ct)
    {
        Check(actor);
        await using var db = await portal.ReadAsync(ct);
        var r = await db.Refunds.SingleAsync(x => x.Id == id, ct);
        return new RefundAnswer(
            PurchaseNumber.WriteRefund(r.Id), r.ExternalId, r.PurchaseId is { } purchase ? PurchaseNumber.Write(purchase) : null, r.Amount, r.Currency, ApiTime.Write(r.OccurredAt),
            ApiTime.Write(r.ReceivedAt), r.PurchaseId is null ? "waiting" : "applied", r.Applied);
    }

    private static PurchaseAnswer Write(Purchase p) => new(
        PurchaseNumber.Write(p.Id), p.Source, p.ExternalId, AccountNumber.Offset + p.ClientId, p.Amount, p.Discount, p.Tax, p.Currency, p.Product, ApiTime.Write(p.OccurredAt),
        p.PaidUntil is { } until ? ApiTime.Write(until) : null, ApiTime.Write(p.ReceivedAt), ApiProblem.Word(p.Outcome.ToString()));

    private static void Check(Actor actor)
    {
        if (!actor.MayPostMoney && !actor.IsStaff)
        {
            throw new InvalidOperationException("Only who may post money reads what came of it here.");
        }
    }
}
