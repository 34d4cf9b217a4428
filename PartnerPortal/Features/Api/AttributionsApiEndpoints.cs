using System.Globalization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/attributions</c>: whose client each is and why, as the partner may read it.</summary>
internal static class AttributionsApiEndpoints
{
    public static Task<IResult> List(HttpContext context, ReceiptQueries receipts, ClientQueries clients) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var record = query.Id("client", ApiIds.Client);
        var (limit, cursor) = query.Page();
        if (query.Problem is { } problem)
        {
            return ApiEndpoint.Problem(problem);
        }

        // A line without an account is nobody's client yet, and no attribution is of minus one.
        var client = record is { } line ? (await clients.CardAsync(line, actor, ct))?.ClientId ?? -1 : (long?)null;
        var page = await receipts.OfPartnerAsync(client, cursor, limit, actor, ct);
        var lines = await clients.LinesOfAsync([.. page.Items.Select(r => r.ClientId)], actor, ct);
        return ApiEndpoint.Page(query, page, r => Answer(r, lines));
    });

    public static Task<IResult> One(string id, HttpContext context, ReceiptQueries receipts, ClientQueries clients) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : ApiIds.Read(ApiIds.Attribution, id) is { } key && await receipts.OfAttributionAsync(key, actor, ct) is { } receipt ? await AnswerAsync(receipt, clients, actor, ct)
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    private static async Task<IResult> AnswerAsync(ReceiptData receipt, ClientQueries clients, Actor actor, CancellationToken ct) =>
        ApiEndpoint.Answer(Answer(receipt, await clients.LinesOfAsync([receipt.ClientId], actor, ct)));

    private static AttributionAnswer Answer(ReceiptData r, IReadOnlyDictionary<long, long> lines) => new(
        ApiIds.Write(ApiIds.Attribution, r.AttributionId), lines.TryGetValue(r.ClientId, out var line) ? ApiIds.Write(ApiIds.Client, line) : null, r.ClientName, Word(r.CameBy), ApiTime.Write(r.At),
        ApiTime.Write(r.EndedAt), r.EndedBecause is { } why ? Word(why) : null,
        new ReceiptAnswer(
            string.Create(CultureInfo.InvariantCulture, $"R-{r.Number}"), Word(r.Verdict), ApiTime.Write(r.At), r.ActorName, r.WordingVersion, r.WordingLanguage,
            [.. r.Contenders.Select(c => InPlay(c, c.PartnerName.Length > 0))],
            [.. r.Consents.Select(c => new ConsentAnswer(Word(c.Kind), c.WordingVersion, c.Language, ApiTime.Write(c.GivenAt), ApiTime.Write(c.WithdrawnAt)))]));

    private static InPlayAnswer InPlay(Contender c, bool isOwn) =>
        new(Word(c.Rule), Word(c.Outcome), isOwn, c.Code, c.Source, isOwn && c.SeenAt != default ? ApiTime.Write(c.SeenAt) : null);

    private static string Word<T>(T value)
        where T : struct, Enum => ApiProblem.Word(value.ToString());
}
