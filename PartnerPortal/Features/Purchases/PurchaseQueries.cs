using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Which purchases are asked for; nulls leave nothing out.</summary>
/// <param name="ExternalId">What its source calls it.</param>
/// <param name="ClientId">The client's account.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Source">One of <see cref="PurchaseSources"/>.</param>
public sealed record PurchaseFilter(string? ExternalId, long? ClientId, PurchaseOutcome? Outcome, string? Source);

/// <summary>A purchase with what was taken back of it.</summary>
/// <param name="Refunded">Minor units, of the amount after discount.</param>
/// <param name="Refunds">In the order in which they happened.</param>
public sealed record PurchaseFileAnswer(PurchaseAnswer Purchase, long Refunded, IReadOnlyList<RefundAnswer> Refunds);

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
        return Write(await db.Refunds.SingleAsync(x => x.Id == id, ct));
    }

    /// <summary>For the program's machines: all purchases, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Of a neighbouring page; null for the newest.</param>
    /// <param name="size">Purchases a page.</param>
    /// <param name="actor">A machine that may read them; anybody else gets nothing.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<PurchaseAnswer>> PageAsync(PurchaseFilter filter, string? cursor, int size, Actor actor, CancellationToken ct)
    {
        if (actor.ProgramScope is not ProgramScopes.PurchasesRead)
        {
            return new Page<PurchaseAnswer>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var found = db.Purchases.AsQueryable();
        found = filter.ExternalId is { } external ? found.Where(p => p.ExternalId == external) : found;
        found = filter.ClientId is { } client ? found.Where(p => p.ClientId == client) : found;
        found = filter.Outcome is { } outcome ? found.Where(p => p.Outcome == outcome) : found;
        found = filter.Source is { } source ? found.Where(p => p.Source == source) : found;
        var page = await IdKeyset.NewestFirstAsync(found, p => p.Id, rows => rows, p => p.Id, cursor, size, ct);
        return new Page<PurchaseAnswer>([.. page.Items.Select(Write)], page.Previous, page.Next);
    }

    /// <summary>One purchase with what was refunded of it.</summary>
    /// <param name="id">Ours (<c>pur_7</c>), or what the program's systems call it.</param>
    /// <param name="actor">A machine that may read purchases.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when there is none, or the actor may not read it.</returns>
    public async Task<PurchaseFileAnswer?> FindAsync(string id, Actor actor, CancellationToken ct)
    {
        if (actor.ProgramScope is not ProgramScopes.PurchasesRead)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var found = PurchaseNumber.TryRead(id, out var own) ? db.Purchases.Where(p => p.Id == own) : db.Purchases.Where(p => p.Source == PurchaseSources.Api && p.ExternalId == id);
        if (await found.FirstOrDefaultAsync(ct) is not { } purchase)
        {
            return null;
        }

        var refunds = await db.Refunds.Where(r => r.PurchaseId == purchase.Id).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).ToListAsync(ct);
        return new PurchaseFileAnswer(Write(purchase), purchase.Refunded, refunds.ConvertAll(Write));
    }

    private static PurchaseAnswer Write(Purchase p) => new(
        PurchaseNumber.Write(p.Id), p.Source, p.ExternalId, AccountNumber.Offset + p.ClientId, p.Amount, p.Discount, p.Tax, p.Currency, p.Product, ApiTime.Write(p.OccurredAt),
        ApiTime.Write(p.PaidUntil), ApiTime.Write(p.ReceivedAt), ApiProblem.Word(p.Outcome.ToString()));

    private static RefundAnswer Write(Refund r) => new(
        PurchaseNumber.WriteRefund(r.Id), r.ExternalId, r.PurchaseId is { } purchase ? PurchaseNumber.Write(purchase) : null, r.Amount, r.Currency, ApiTime.Write(r.OccurredAt),
        ApiTime.Write(r.ReceivedAt), r.PurchaseId is null ? "waiting" : "applied", r.Applied);

    private static void Check(Actor actor)
    {
        if (!actor.MayPostMoney && !actor.IsStaff)
        {
            throw new InvalidOperationException("Only who may post money reads what came of it here.");
        }
    }
}
