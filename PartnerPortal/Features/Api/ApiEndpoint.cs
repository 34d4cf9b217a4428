using System.Text.Json;
using System.Text.Json.Serialization;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary>What every operation of the API does first and last: who asks, how often, what was sent, how it is answered. A person's session counts for nothing here.</summary>
internal static class ApiEndpoint
{
    /// <summary>Bytes of a body that holds one thing. It needs a few hundred.</summary>
    public const int BodyLimit = 64 * 1024;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict, MaxDepth = 8 };

    /// <summary>Lets a machine in that has the operation's scope.</summary>
    public static async Task<IResult> ActAsync(HttpContext context, Func<Actor, CancellationToken, Task<IResult>> act)
    {
        var (ct, services) = (context.RequestAborted, context.RequestServices);
        context.Response.Headers.CacheControl = "no-store";
        var scope = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiScope>().Name;
        var signedIn = await services.GetRequiredService<SignInWithKey>().ExecuteAsync(BearerOf(context), scope, ct);
        if (!signedIn.Ok)
        {
            if (signedIn.Error is KeyUnknown or KeyExpired)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return Problem(ApiProblems.From(signedIn.Error!));
        }

        var actor = signedIn.Value;
        var grant = services.GetRequiredService<ApiLimits>().Take(actor);
        context.Response.Headers["RateLimit-Policy"] = grant.Policy;
        context.Response.Headers["RateLimit"] = grant.Header;
        if (!grant.IsGranted)
        {
            context.Response.Headers.RetryAfter = grant.Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem(ApiProblems.TooMany(grant.Seconds));
        }

        if (actor.AccountId is not null)
        {
            actor = await services.GetRequiredService<ActorSource>().OfMachineAsync(actor, ct);
            if (!actor.IsPartner)
            {
                return Problem(ApiProblem.From(new NotAllowed()));
            }
        }

        return await act(actor, ct);
    }

    /// <summary>The same with a body, held to what the operation takes.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="missing">The first member that is missing; null when none is.</param>
    /// <param name="act">What to do.</param>
    /// <param name="limit">Bytes of the body.</param>
    public static Task<IResult> ActAsync<TBody>(HttpContext context, Func<TBody, string?> missing, Func<TBody, Actor, CancellationToken, Task<IResult>> act, int limit = BodyLimit)
        where TBody : class => ActAsync(context, async (actor, ct) =>
    {
        var (body, problem) = await ReadAsync<TBody>(context, limit, ct);
        return problem is not null ? Problem(problem)
            : missing(body!) is { } member ? Problem(ApiProblem.Missing(member))
            : HasWrongKey(context) ? Problem(ApiProblems.KeyInvalid)
            : await act(body!, actor, ct);
    });

    /// <summary>The same of a change to one thing, which says by <c>If-Match</c> as what it was read.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="kind">What it is, see <see cref="ApiIds"/>.</param>
    /// <param name="id">Which one, as the address has it.</param>
    /// <param name="missing">The first member that is missing; null when none is.</param>
    /// <param name="act">What to do with it and the versions of which it must have one; null for any.</param>
    public static Task<IResult> ChangeAsync<TBody>(
        HttpContext context, string kind, string id, Func<TBody, string?> missing, Func<TBody, long, IReadOnlyCollection<string>?, Actor, CancellationToken, Task<IResult>> act)
        where TBody : class => ActAsync<TBody>(context, missing, async (body, actor, ct) =>
            ApiIds.Read(kind, id) is not { } key ? Problem(ApiProblems.NotFound)
            : IfMatch(context) is not { } versions ? Problem(ApiProblems.IfMatchMissing)
            : await act(body, key, versions.Count == 0 ? null : versions, actor, ct));

    /// <summary>The same of a POST without a body, with its <c>Idempotency-Key</c>.</summary>
    public static Task<IResult> ActOnceAsync(HttpContext context, Func<string?, Actor, CancellationToken, Task<IResult>> act) => ActAsync(context, async (actor, ct) =>
        HasWrongKey(context) ? Problem(ApiProblems.KeyInvalid) : await act(KeyOf(context), actor, ct));

    /// <summary>The same with parameters in the address.</summary>
    public static Task<IResult> AskAsync(HttpContext context, Func<ApiQuery, Actor, CancellationToken, Task<IResult>> act) =>
        ActAsync(context, (actor, ct) => act(new ApiQuery(context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal)), actor, ct));

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
    public static (TBody? Body, ApiProblem? Problem) Read<TBody>(Func<TBody?> read)
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

    /// <summary>Something was made: the same status whether it is new or was told again, as the same request gets the same answer. A header tells the difference.</summary>
    public static IResult Created<TAnswer>(HttpContext context, bool isNew, TAnswer answer, string? location = null, string? version = null)
    {
        if (version is not null)
        {
            context.Response.Headers.ETag = $"\"{version}\"";
        }

        if (!isNew)
        {
            TellReplay(context);
        }

        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }

        return Answer(answer, StatusCodes.Status201Created);
    }

    public static void TellReplay(HttpContext context) => context.Response.Headers["Idempotent-Replayed"] = "true";

    public static IResult Answer<TAnswer>(TAnswer answer, int status = StatusCodes.Status200OK) => Results.Json(answer, Json, statusCode: status);

    /// <summary>One thing with its version.</summary>
    public static IResult Answer<TAnswer>(HttpContext context, TAnswer answer, string version, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = $"\"{version}\"";
        return HttpMethods.IsGet(context.Request.Method) && Versions(context.Request.Headers.IfNoneMatch.ToString()) is { } known && (known.Count == 0 || known.Contains(version))
            ? Results.StatusCode(StatusCodes.Status304NotModified) : Answer(answer, status);
    }

    /// <summary>A page of a list; anything that was wrong with what was asked for goes first.</summary>
    public static IResult Page<TRow, TAnswer>(ApiQuery query, Page<TRow> page, Func<TRow, TAnswer> write) =>
        query.Problem is { } problem ? Problem(problem) : Answer(new PageAnswer<TAnswer>([.. page.Items.Select(write)], page.Next));

    public static IResult Problem(ApiProblem problem) => Results.Json(problem, Json, "application/problem+json", problem.Status);

    public static IResult Problem(Error error) => Problem(ApiProblems.From(error));

    public static string? KeyOf(HttpContext context) => context.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys ? keys.ToString().Trim() : null;

    private static bool HasWrongKey(HttpContext context) => KeyOf(context) is { Length: 0 or > IdempotentRequest.KeyLength };

    /// <summary>The versions of <c>If-Match</c>; empty for any. Null when the header is missing.</summary>
    private static List<string>? IfMatch(HttpContext context) => Versions(context.Request.Headers.IfMatch.ToString());

    /// <summary>The request says as what it read the thing, and it is another by now; where it need not say so.</summary>
    public static bool IsOutdated(HttpContext context, string version) => IfMatch(context) is { Count: > 0 } versions && !versions.Contains(version);

    // A weak one never matches in If-Match (RFC 9110, 13.1.1), and none of ours is weak.
    private static List<string>? Versions(string header) => header.Length == 0 ? null : header.Trim() == "*" ? [] : [.. header.Split(',').Select(v => v.Trim().Trim('"'))];

    private static string? BearerOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
}
