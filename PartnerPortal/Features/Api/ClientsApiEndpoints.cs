using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/clients</c>: a partner's system reads what the partner's list shows, creates clients, and changes what is the partner's own.</summary>
internal static class ClientsApiEndpoints
{
    public static Task<IResult> List(HttpContext context, ClientQueries clients) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var filter = new ClientFilter(
            query.Text("search"), query.Words<ClientStatus>("status"), query.Words<CameBy>("cameBy"), query.Time("from"), query.Time("before"), query.Text("tag"), query.Text("country", 2));
        // The wallet has a scope of its own.
        var by = query.Word<ApiClientSort>("sort") ?? ApiClientSort.Since;
        var isUp = query.Word<SortOrder>("order") is { } order ? order is SortOrder.Asc : ClientView.StartsAscending((ClientSort)by);
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem)
            : ApiEndpoint.Page(query, (await clients.PageAsync(filter, new ClientSorting((ClientSort)by, isUp), cursor, limit, actor, ct)).Page, Item);
    });

    public static Task<IResult> One(string id, HttpContext context, ClientQueries clients) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : await CardAsync(id, clients, actor, ct) is { } card ? ApiEndpoint.Answer(context, Answer(card), ClientVersion.Of(card))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    public static Task<IResult> Create(HttpContext context, CreateClients create, ClientQueries clients, ProgramSettingsSource settings) =>
        ApiEndpoint.ActAsync<NewClientBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var language = body.Language ?? (await settings.GetAsync(ct)).DefaultLanguage;
            var created = await create.ExecuteAsync([new NewClient(body.Name, body.Email, body.Phone, body.Country ?? "", language, body.Note, ApiEndpoint.KeyOf(context))], actor, ct);
            if (!created.Ok || created.Value[0] is { Errors.Count: > 0 })
            {
                return ApiEndpoint.Problem(created.Ok ? created.Value[0].Errors[0] : created.Error!);
            }

            var made = created.Value[0];
            var card = await clients.CardAsync(made.RecordId!.Value, actor, ct);
            // The line that the same request made before has become one with another line of the same client.
            return card is null ? ApiEndpoint.Problem(ApiProblems.NotFound) : Made(context, card, !made.IsReplay);
        });

    public static Task<IResult> Change(string id, HttpContext context, ChangeClient change, ClientQueries clients) =>
        ApiEndpoint.ChangeAsync<ClientChangeBody>(context, ApiIds.Client, id, b => b.Missing(), async (body, record, versions, actor, ct) =>
        {
            var done = await change.ExecuteAsync(new ClientChange(record, body.Note, body.Tags?.Select(t => t!).ToList(), versions), actor, ct);
            return done.Ok && await clients.CardAsync(record, actor, ct) is { } card ? ApiEndpoint.Answer(context, Answer(card), ClientVersion.Of(card))
                : ApiEndpoint.Problem(done.Error ?? new NoSuchClient());
        });

    private static IResult Made(HttpContext context, ClientCard card, bool isNew)
    {
        var answer = Answer(card);
        return ApiEndpoint.Created(context, isNew, answer, $"{PortalUrls.ApiClients}/{answer.Id}", ClientVersion.Of(card));
    }

    private static Task<ClientCard?> CardAsync(string id, ClientQueries clients, Actor actor, CancellationToken ct) =>
        ApiIds.Read(ApiIds.Client, id) is { } record ? clients.CardAsync(record, actor, ct) : Task.FromResult<ClientCard?>(null);

    private static ClientItem Item(ClientRow r) => new(
        ApiIds.Write(ApiIds.Client, r.Id), r.Name, r.Email, r.Phone, ApiProblem.Word(r.Status.ToString()), ApiProblem.Word(r.CameBy.ToString()), ApiTime.Write(r.Since),
        ApiTime.Write(r.LastSeenAt), r.IsShared, r.Tags);

    private static ClientAnswer Answer(ClientCard card)
    {
        var r = Item(card.Row);
        return new ClientAnswer(
            r.Id, r.Name, r.Email, r.Phone, r.Status, r.CameBy, r.Since, r.LastSeenAt, r.IsShared, r.Tags, card.Language, card.Note, card.Number,
            ApiTime.Write(card.SharedSince));
    }
}

/// <summary>By what a machine may sort clients.</summary>
internal enum ApiClientSort
{
    Since = ClientSort.Since,
    Name = ClientSort.Name,
    Email = ClientSort.Email,
    Status = ClientSort.Status,
    LastSeen = ClientSort.LastSeen,
}

internal enum SortOrder
{
    Asc,
    Desc,
}
