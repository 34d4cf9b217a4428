using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;

namespace PartnerPortal.Features.Purchases;

/// <summary>What is known already of the purchases of a group, of their clients, and of what these earn whom.</summary>
/// <param name="Periods">Of the plans that were bought.</param>
/// <param name="Refunds">That came before their purchases, tracked if the context does.</param>
/// <param name="Books">Of the clients.</param>
internal sealed record PurchaseGroupFacts(
    Dictionary<(string Source, string ExternalId), Purchase> Purchases, Dictionary<(string Source, string Key), IdempotentRequest> Keys,
    Dictionary<string, string> Periods, List<Refund> Refunds, ClientBookRows Books)
{
    /// <summary>Locks, then reads all in one round trip, and takes ids for what may be written.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="all">The purchases.</param>
    /// <param name="clients">Their accounts; one that was named by its number may not exist.</param>
    /// <param name="ask">With it; it may have questions already.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<PurchaseGroupFacts> LoadAsync(PortalTransaction work, IReadOnlyList<ToRecord> all, IReadOnlyDictionary<ClientReference, (long Id, PurchaseRefused? Unknown)> clients, Questions ask, CancellationToken ct)
    {
        var periods = PaidTerm.Ask(ask, all.Where(r => r.Request.PaidUntil is null).Select(r => r.Request.Product));
        var (keys, purchases, refunds) = (new List<List<IdempotentRequest>>(), new List<List<Purchase>>(), new List<List<Refund>>());
        // A group is mostly of one source.
        foreach (var source in all.GroupBy(r => r.Request.Source))
        {
            var ids = Questions.In(source.Select(r => r.Request.ExternalId).Distinct(StringComparer.Ordinal).ToList());
            keys.Add(ask.Entities<IdempotentRequest>($"""WHERE t."Source" = {source.Key} AND t."Key" {Questions.In(source.Select(r => r.Request.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToList())}"""));
            purchases.Add(ask.Entities<Purchase>($"""WHERE t."Source" = {source.Key} AND t."ExternalId" {ids}"""));
            refunds.Add(ask.Entities<Refund>($"""WHERE t."PurchaseId" IS NULL AND t."Source" = {source.Key} AND t."PurchaseExternalId" {ids}"""));
        }

        var from = all.Select(r => (clients[r.Request.Client].Id, At: r.Request.OccurredAt < work.Now ? r.Request.OccurredAt : work.Now)).GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.Min(r => r.At));
        var books = ClientBookRows.Ask(ask, from);
        work.TakeIds(ask, typeof(Purchase), all.Count);
        work.TakeIds(ask, typeof(LedgerTransaction), all.Count);
        await ask.SendAsync(ct);
        work.Db.AttachRange(refunds.SelectMany(r => r));
        return new PurchaseGroupFacts(
            purchases.SelectMany(p => p).ToDictionary(p => (p.Source, p.ExternalId)), keys.SelectMany(k => k).ToDictionary(k => (k.Source, k.Key)),
            periods.ToDictionary(p => p.Code, p => p.Period), [.. refunds.SelectMany(r => r)], books);
    }
}
