using System.Text.Json;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases;

/// <summary>
/// <c>POST /api/v1/purchases</c> and <c>/api/v1/purchases/{id}/refunds</c> for machines of the program, by key. A person's session counts for nothing here, nor does a
/// partner's key: nobody posts money that earns it some.
/// </summary>
internal static class PurchaseEndpoints
{
    /// <summary>Bytes of a body. One purchase needs a few hundred.</summary>
    private const int BodyLimit = 64 * 1024;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict, MaxDepth = 8 };

    public static Task<IResult> Purchase(HttpContext context, SignInWithKey signIn, RecordPurchase record, PurchaseQueries purchases) =>
        ActAsync<PurchaseBody>(context, signIn, BodyLimit, b => b.Missing(), async (body, actor, ct) =>
        {
            var result = await record.ExecuteAsync(body.ToRequest(KeyOf(context)), actor, ct);
            return result.Ok ? Created(context, result.Value, await purchases.AnswerAsync(result.Value, actor, ct)) : Problem(ApiProblem.From(result.Error!));
        });

    /// <param name="id">Ours, or what the sender calls the purchase, which may not have come yet.</param>
    public static Task<IResult> Refund(string id, HttpContext context, SignInWithKey signIn, RefundPurchase refund, PurchaseQueries purchases) =>
        ActAsync<RefundBody>(context, signIn, BodyLimit, b => b.Missing(), async (body, actor, ct) =>
        {
            var result = await refund.ExecuteAsync(body.ToRequest(id, KeyOf(context)), actor, ct);
            return result.Ok ? Created(context, result.Value, await purchases.RefundAnswerAsync(result.Value.Id, actor, ct)) : Problem(ApiProblem.From(result.Error!));
        });

    /// <param name="limit">Bytes of the body.</param>
    internal static async Task<IResult> ActAsync<TBody>(HttpContext context, SignInWithKey signIn, int limit, Func<TBody, string?> missing, Func<TBody, Actor, CancellationToken, Task<IResult>> act)
        where TBody : class
    {
        var ct = context.RequestAborted;
        context.Response.Headers.CacheControl = "no-store";
        var actor = await signIn.ExecuteAsync(BearerOf(context), ProgramScopes.PurchasesWrite, ct);
        if (!actor.Ok)
        {
            if (actor.Error is KeyUnknown)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return Problem(ApiProblem.From(actor.Error!));
        }

        var (body, problem) = await ReadAsync<TBody>(context, limit, ct);
        return problem is not null ? Problem(problem)
            : missing(body!) is { } member ? Problem(ApiProblem.Missing(member))
            : await act(body!, actor.Value, ct);
    }

    private static async Task<(TBody? Body, ApiProblem? Problem)> ReadAsync<TBody>(HttpContext context, int limit, CancellationToken ct)
        where TBody : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, ApiProblem.NotJson);
        }

        if (context.Request.ContentLength > limit)
        {
            return (null, ApiProblem.BodyTooLarge(limit));
        }

        // A body sent in chunks says no length before.
        var buffer = new byte[(context.Request.ContentLength ?? limit) + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > limit ? (null, ApiProblem.BodyTooLarge(limit)) : Read(() => JsonSerializer.Deserialize<TBody>(buffer.AsSpan(0, length), Json));
    }

    /// <summary>What is read, or why it cannot be.</summary>
    internal static (TBody? Body, ApiProblem? Problem) Read<TBody>(Func<TBody?> read)
        where TBody : class
    {
        try
        {
            return read() is { } body ? (body, null) : (null, ApiProblem.Malformed(null));
        }
        catch (JsonException error)
        {
            return (null, ApiProblem.Malformed(error.Path));
        }
    }

    /// <summary>The same status whether it is new or was told again: the same request gets the same answer. A header tells the difference.</summary>
    private static IResult Created<TAnswer>(HttpContext context, Recorded recorded, TAnswer answer)
    {
        if (!recorded.IsNew)
        {
            TellReplay(context);
        }

        return Answer(answer, StatusCodes.Status201Created);
    }

    internal static void TellReplay(HttpContext context) => context.Response.Headers["Idempotent-Replayed"] = "true";

    internal static IResult Answer<TAnswer>(TAnswer answer, int status) => Results.Json(answer, Json, statusCode: status);

    internal static IResult Problem(ApiProblem problem) => Results.Json(problem, Json, "application/problem+json", problem.Status);

    private static string? BearerOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    internal static string? KeyOf(HttpContext context) => context.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys ? keys.ToString().Trim() : null;
}
