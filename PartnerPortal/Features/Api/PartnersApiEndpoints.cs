using System.Globalization;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/partners</c>: the program's systems read who its partners are.</summary>
internal static class PartnersApiEndpoints
{
    public static Task<IResult> List(HttpContext context, PartnerAdminQueries partners) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var filter = new PartnerFilter(query.Word<PartnerTab>("list") ?? PartnerTab.All, SearchQuery.Parse(query.Text("search") ?? ""), null);
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem) : ApiEndpoint.Page(query, await partners.FindAsync(filter, cursor, actor, ct, limit), Item);
    });

    /// <param name="number">Of the partner's account.</param>
    public static Task<IResult> One(string number, HttpContext context, PartnerAdminQueries partners) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && AccountNumber.TryIdOf(read, out var id)
            && await partners.DetailAsync(id, actor, ct) is { } partner ? ApiEndpoint.Answer(Answer(partner))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    private static PartnerItem Item(PartnerRow r) => new(
        r.Number, r.Name, ApiProblem.Word(r.Kind.ToString()), ApiProblem.Word(r.State.ToString()), r.Email, r.ExternalId, r.Group, ApiTime.Write(r.CreatedAt),
        ApiTime.Write(r.ActiveSince));

    private static PartnerAnswer Answer(PartnerDetail d)
    {
        var r = Item(d.Row);
        return new PartnerAnswer(r.Number, r.Name, r.Kind, r.State, r.Email, r.ExternalId, r.Group, r.CreatedAt, r.ActiveSince, d.Code, d.Phone, d.Website);
    }
}
