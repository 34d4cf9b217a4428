using PartnerPortal.Features.Api;

namespace PartnerPortal.Features.Purchases;

/// <summary>
/// <c>POST /api/v1/purchases</c> and <c>/api/v1/purchases/{id}/refunds</c> for machines of the program, by key. A person's session counts for nothing here, nor does a
/// partner's key: nobody posts money that earns it some.
/// </summary>
internal static class PurchaseEndpoints
{
    public static Task<IResult> Purchase(HttpContext context, RecordPurchase record, PurchaseQueries purchases) =>
        ApiEndpoint.ActAsync<PurchaseBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var result = await record.ExecuteAsync(body.ToRequest(ApiEndpoint.KeyOf(context)), actor, ct);
            return result.Ok ? ApiEndpoint.Created(context, result.Value.IsNew, await purchases.AnswerAsync(result.Value, actor, ct)) : ApiEndpoint.Problem(result.Error!);
        });

    /// <param name="id">Ours, or what the sender calls the purchase, which may not have come yet.</param>
    public static Task<IResult> Refund(string id, HttpContext context, RefundPurchase refund, PurchaseQueries purchases) =>
        ApiEndpoint.ActAsync<RefundBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var result = await refund.ExecuteAsync(body.ToRequest(id, ApiEndpoint.KeyOf(context)), actor, ct);
            return result.Ok ? ApiEndpoint.Created(context, result.Value.IsNew, await purchases.RefundAnswerAsync(result.Value.Id, actor, ct)) : ApiEndpoint.Problem(result.Error!);
        });
}
