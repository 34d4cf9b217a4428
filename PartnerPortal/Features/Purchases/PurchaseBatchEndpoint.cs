using System.Text.Json;
using System.Text.Json.Serialization;
using PartnerPortal.Features.Api;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What <c>POST /api/v1/purchases/batch</c> takes. The items are read one by one, so that one that cannot be read stops no other.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PurchaseBatchBody(IReadOnlyList<JsonElement>? Purchases);

/// <summary>What became of one purchase of a batch.</summary>
/// <param name="Status"><c>recorded</c>, <c>known</c> or <c>refused</c>.</param>
/// <param name="Purchase">As a single one is answered; null when it was refused.</param>
/// <param name="Problem">As a single one is refused, its pointer from the batch's root; null when it was not.</param>
public sealed record BatchItemAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PurchaseAnswer? Purchase,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ApiProblem? Problem);

/// <summary>The answer to a batch, in its order.</summary>
public sealed record PurchaseBatchAnswer(IReadOnlyList<BatchItemAnswer> Purchases);

/// <summary><c>POST /api/v1/purchases/batch</c>: up to <see cref="RecordPurchases.Most"/> purchases at once, each answered as it would be alone.</summary>
internal static class PurchaseBatchEndpoint
{
    /// <summary>Bytes of a body: as many purchases as there may be, each with the longest texts that it may have.</summary>
    private const int BodyLimit = 1024 * 1024;

    public static Task<IResult> Post(HttpContext context, RecordPurchases record, PurchaseQueries purchases) =>
        ApiEndpoint.ActAsync<PurchaseBatchBody>(context, b => b.Purchases is { Count: > 0 } ? null : "purchases", async (body, actor, ct) =>
        {
            if (body.Purchases!.Count > RecordPurchases.Most)
            {
                return ApiEndpoint.Problem(ApiProblem.BatchTooLarge);
            }

            var read = body.Purchases.Select(Read).ToList();
            var result = await record.ExecuteAsync(read.ConvertAll(r => r.Request), ApiEndpoint.KeyOf(context), actor, ct);
            if (!result.Ok)
            {
                return ApiEndpoint.Problem(result.Error!);
            }

            if (result.Value.IsReplay)
            {
                ApiEndpoint.TellReplay(context);
            }

            var answers = await purchases.AnswersAsync([.. result.Value.Items.Where(r => r is { Ok: true }).Select(r => r!.Value.Value)], actor, ct);
            return ApiEndpoint.Answer(new PurchaseBatchAnswer([.. result.Value.Items.Select((r, i) => Answer(i, r, read[i].Problem, answers))]), StatusCodes.Status200OK);
        }, BodyLimit);

    private static (PurchaseRequest? Request, ApiProblem? Problem) Read(JsonElement item)
    {
        var (body, problem) = ApiEndpoint.Read(() => item.Deserialize<PurchaseBody>(ApiEndpoint.Json));
        return problem is not null ? (null, problem) : body!.Missing() is { } member ? (null, ApiProblem.Missing(member)) : (body.ToRequest(null), null);
    }

    private static BatchItemAnswer Answer(int index, Result<Recorded>? result, ApiProblem? unread, IReadOnlyDictionary<long, PurchaseAnswer> answers) => result switch
    {
        null => new("refused", null, unread!.Within($"purchases/{index}")),
        { Ok: false, Error: { } error } => new("refused", null, ApiProblem.From(error).Within($"purchases/{index}")),
        { } recorded => new(recorded.Value.IsNew ? "recorded" : "known", answers[recorded.Value.Id], null),
    };
}
