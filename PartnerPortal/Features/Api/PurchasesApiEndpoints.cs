using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary>Reading <c>/api/v1/purchases</c>; posting them stands with them.</summary>
internal static class PurchasesApiEndpoints
{
    public static Task<IResult> List(HttpContext context, PurchaseQueries purchases) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var client = query.Number("client") is { } number ? AccountNumber.TryIdOf(number, out var id) ? id : -1 : (long?)null;
        var filter = new PurchaseFilter(query.Text("externalId"), client, query.Word<PurchaseOutcome>("outcome"), query.Text("source", PurchaseSources.Length));
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem) : ApiEndpoint.Page(query, await purchases.PageAsync(filter, cursor, limit, actor, ct), p => p);
    });

    /// <param name="id">Ours, or what the program's systems call it.</param>
    public static Task<IResult> One(string id, HttpContext context, PurchaseQueries purchases) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : await purchases.FindAsync(id, actor, ct) is { } found ? ApiEndpoint.Answer(Answer(found))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    private static PurchaseWithRefunds Answer(PurchaseFileAnswer file)
    {
        var p = file.Purchase;
        return new PurchaseWithRefunds(
            p.Id, p.Source, p.ExternalId, p.Client, p.Amount, p.Discount, p.Tax, p.Currency, p.Product, p.OccurredAt, p.PaidUntil, p.ReceivedAt, p.Outcome, file.Refunded, file.Refunds);
    }
}
