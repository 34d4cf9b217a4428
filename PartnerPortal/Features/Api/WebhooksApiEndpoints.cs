using PartnerPortal.Features.Events;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/webhooks</c>: systems manage the endpoints of their own side, a partner's that partner's and the program's those of the program.</summary>
internal static class WebhooksApiEndpoints
{
    public static Task<IResult> List(HttpContext context, WebhookQueries webhooks) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem)
            : EndpointOwner.Of(actor, IsProgram(actor)) is null ? ApiEndpoint.Problem(new NotAllowed())
            : ApiEndpoint.Page(query, await webhooks.EndpointsAsync(IsProgram(actor), cursor, limit, actor, ct), Answer);
    });

    public static Task<IResult> One(string id, HttpContext context, WebhookQueries webhooks) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : await FindAsync(id, webhooks, actor, ct) is { } row ? ApiEndpoint.Answer(context, Answer(row), EndpointVersion.Of(row))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    public static Task<IResult> Create(HttpContext context, AddWebhook add, WebhookQueries webhooks) =>
        ApiEndpoint.ActAsync<NewWebhookBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var form = body.ToForm(ApiEndpoint.KeyOf(context));
            return Unknown(form.Kinds, actor) is { } unknown ? ApiEndpoint.Problem(unknown) : await MadeAsync(context, await add.ExecuteAsync(form, IsProgram(actor), actor, ct), webhooks, actor, ct);
        });

    public static Task<IResult> Change(string id, HttpContext context, PatchWebhook patch, WebhookQueries webhooks) =>
        ApiEndpoint.ChangeAsync<WebhookChangeBody>(context, ApiIds.Webhook, id, b => b.Missing(), async (body, key, versions, actor, ct) =>
        {
            var asked = body.ToPatch(key, versions);
            if (Unknown(asked.Kinds?.Names, actor) is { } unknown)
            {
                return ApiEndpoint.Problem(unknown);
            }

            var done = await patch.ExecuteAsync(asked, actor, ct);
            return done.Ok && await FindAsync(id, webhooks, actor, ct) is { } row ? ApiEndpoint.Answer(context, Answer(row), EndpointVersion.Of(row))
                : ApiEndpoint.Problem(done.Error ?? new NoSuchEndpoint());
        });

    public static Task<IResult> Delete(string id, HttpContext context, DeleteWebhook delete, WebhookQueries webhooks) => ApiEndpoint.ActAsync(context, async (actor, ct) =>
    {
        if (await FindAsync(id, webhooks, actor, ct) is not { } row)
        {
            return ApiEndpoint.Problem(ApiProblems.NotFound);
        }

        if (ApiEndpoint.IsOutdated(context, EndpointVersion.Of(row)))
        {
            return ApiEndpoint.Problem(ApiProblems.ChangedMeanwhile);
        }

        var done = await delete.ExecuteAsync(row.Id, actor, ct);
        return done.Ok ? Results.NoContent() : ApiEndpoint.Problem(done.Error!);
    });

    public static Task<IResult> Rotate(string id, HttpContext context, RotateSecret rotate, WebhookQueries webhooks) => ApiEndpoint.ActOnceAsync(context, async (key, actor, ct) =>
        ApiIds.Read(ApiIds.Webhook, id) is { } endpoint ? await MadeAsync(context, await rotate.ExecuteAsync(new EndpointRequest(endpoint, key), actor, ct), webhooks, actor, ct)
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    public static Task<IResult> Test(string id, HttpContext context, SendTestEvent send, WebhookQueries webhooks) => ApiEndpoint.ActOnceAsync(context, async (key, actor, ct) =>
        ApiIds.Read(ApiIds.Webhook, id) is { } endpoint ? await SentAsync(context, endpoint, await send.ExecuteAsync(new EndpointRequest(endpoint, key), actor, ct), webhooks, actor, ct)
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    public static Task<IResult> Deliveries(string id, HttpContext context, WebhookQueries webhooks) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var status = query.Word<DeliveryState>("status");
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem)
            : await FindAsync(id, webhooks, actor, ct) is { } row ? ApiEndpoint.Page(query, await webhooks.PageAsync(row.Id, status, cursor, actor, ct, limit), Item)
            : ApiEndpoint.Problem(ApiProblems.NotFound);
    });

    public static Task<IResult> Delivery(string id, string delivery, HttpContext context, WebhookQueries webhooks) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : ApiIds.Read(ApiIds.Webhook, id) is { } endpoint && ApiIds.Read(ApiIds.Delivery, delivery) is { } key && await webhooks.CardAsync(endpoint, key, actor, ct) is { } card
            ? ApiEndpoint.Answer(Answer(card))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    /// <summary>What is sent again to an endpoint that is not called would lie there; a test goes out whatever its state.</summary>
    public static Task<IResult> SendAgain(string id, string delivery, HttpContext context, SendDeliveryAgain send, WebhookQueries webhooks) => ApiEndpoint.ActOnceAsync(context, async (key, actor, ct) =>
    {
        if (await FindAsync(id, webhooks, actor, ct) is not { } row || ApiIds.Read(ApiIds.Delivery, delivery) is not { } sent || await webhooks.CardAsync(row.Id, sent, actor, ct) is not { } card)
        {
            return ApiEndpoint.Problem(ApiProblems.NotFound);
        }

        return row.State is not WebhookState.Active && !card.Row.IsTest ? ApiEndpoint.Problem(new EndpointNotCalled())
            : await SentAsync(context, row.Id, await send.ExecuteAsync(new DeliveryRequest(sent, key), actor, ct), webhooks, actor, ct);
    });

    private static bool IsProgram(Actor actor) => actor.AccountId is null;

    private static EventUnknown? Unknown(IReadOnlyCollection<string>? kinds, Actor actor) =>
        kinds?.FirstOrDefault(k => !(IsProgram(actor) ? EventKinds.All : EventKinds.OfPartners).Contains(k)) is { } unknown ? new EventUnknown(unknown) : null;

    private static Task<EndpointRow?> FindAsync(string id, WebhookQueries webhooks, Actor actor, CancellationToken ct) =>
        ApiIds.Read(ApiIds.Webhook, id) is { } key ? webhooks.FindAsync(key, IsProgram(actor), actor, ct) : Task.FromResult<EndpointRow?>(null);

    private static async Task<IResult> MadeAsync(HttpContext context, Result<MadeEndpoint> made, WebhookQueries webhooks, Actor actor, CancellationToken ct)
    {
        if (!made.Ok)
        {
            return ApiEndpoint.Problem(made.Error!);
        }

        // What the same request made before may have been deleted since.
        if (await webhooks.FindAsync(made.Value.Id, IsProgram(actor), actor, ct) is not { } row)
        {
            return ApiEndpoint.Problem(ApiProblems.NotFound);
        }

        var r = Answer(row);
        var answer = new MadeEndpointAnswer(r.Id, r.Url, r.Name, r.Events, r.State, r.CreatedAt, r.FormerSecretUntil, r.FailingSince, made.Value.IsReplay ? null : made.Value.Secret);
        return ApiEndpoint.Created(context, !made.Value.IsReplay, answer, $"{PortalUrls.ApiWebhooks}/{r.Id}", EndpointVersion.Of(row));
    }

    private static async Task<IResult> SentAsync(HttpContext context, long endpoint, Result<SentDelivery> sent, WebhookQueries webhooks, Actor actor, CancellationToken ct)
    {
        if (!sent.Ok)
        {
            return ApiEndpoint.Problem(sent.Error!);
        }

        // The log forgets what is old, also what the same request made before.
        if (await webhooks.CardAsync(endpoint, sent.Value.Id, actor, ct) is not { } card)
        {
            return ApiEndpoint.Problem(ApiProblems.NotFound);
        }

        var answer = Item(card.Row);
        return ApiEndpoint.Created(context, !sent.Value.IsReplay, answer, $"{PortalUrls.ApiWebhooks}/{ApiIds.Write(ApiIds.Webhook, endpoint)}/deliveries/{answer.Id}");
    }

    private static EndpointAnswer Answer(EndpointRow r) => new(
        ApiIds.Write(ApiIds.Webhook, r.Id), r.Url, r.Description, WebhookEvents.Write(r.Kinds), ApiProblem.Word(r.State.ToString()), ApiTime.Write(r.CreatedAt), ApiTime.Write(r.FormerUntil), ApiTime.Write(r.FailingSince));

    private static DeliveryItem Item(DeliveryRow r) => new(
        ApiIds.Write(ApiIds.Delivery, r.Id), r.MessageId, r.Kind, ApiTime.Write(r.At), ApiTime.Write(r.CreatedAt), ApiProblem.Word(r.State.ToString()), r.Attempts, ApiTime.Write(r.NextAttemptAt), ApiTime.Write(r.ClosedAt),
        r.LastStatus, Word(r.LastProblem));

    private static DeliveryAnswer Answer(DeliveryCard card)
    {
        var r = Item(card.Row);
        using var body = System.Text.Json.JsonDocument.Parse(card.Body);
        return new DeliveryAnswer(
            r.Id, r.MessageId, r.Event, r.OccurredAt, r.CreatedAt, r.Status, r.Attempts, r.NextAttemptAt, r.ClosedAt, r.LastHttpStatus, r.LastProblem, card.IsHeldBack, body.RootElement.Clone(),
            [.. card.Attempts.Select(a => new AttemptAnswer(ApiTime.Write(a.At), a.Status, Word(a.Problem), a.Answer, a.DurationMs))]);
    }

    private static string? Word(DeliveryProblem? problem) => problem is { } p ? ApiProblem.Word(p.ToString()) : null;
}
