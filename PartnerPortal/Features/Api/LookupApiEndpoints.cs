using Microsoft.Extensions.Localization;
using PartnerPortal.Areas.Identity;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/lookup</c> and <c>/api/v1/clients/{client}/discount</c>: what the product's own pages have to say.</summary>
internal static class LookupApiEndpoints
{
    private static readonly ApiProblem PartnerUnknown = ApiProblem.Of("partner-unknown", 404, "Nobody is called so", "No partner has that code, number or external id. Somebody may register without.");

    public static Task<IResult> Lookup(
        HttpContext context, ProductClueQueries clues, PlanOfferQueries offers, ProgramSettingsSource settings, IStringLocalizer<IdentityText> wording, IStringLocalizer<DeveloperText> text) =>
        ApiEndpoint.AskAsync(context, async (query, _, ct) =>
        {
            var brought = new ProductClues(
                query.Text("typedCode"), query.Text("invitation"), new ProductAddress(query.Text("code"), query.Text("ref"), query.Text("refexternal")), []);
            var visits = query.Text("visits", 4096);
            var language = query.Text("language", 35);
            if (query.Problem is { } problem)
            {
                return ApiEndpoint.Problem(problem);
            }

            if (visits is not null)
            {
                var (read, _) = ApiEndpoint.Read(() => System.Text.Json.JsonSerializer.Deserialize<List<VisitBody?>>(visits, ApiEndpoint.Json));
                if (read is null || read.Exists(v => v is not { IsTimed: true }))
                {
                    return ApiEndpoint.Problem(ApiProblem.Of("parameter-invalid", 422, "A parameter cannot be read", "The parameter visits must be a JSON array as portal.js writes it, each with the time at."));
                }

                brought = brought with { Visits = read.ConvertAll(v => v!.ToVisit()) };
            }

            if (await clues.WinnerAsync(brought, ct) is not { } partner)
            {
                return ApiEndpoint.Problem(PartnerUnknown);
            }

            var offer = partner.TakesClients ? await offers.OfPartnerAsync(partner.AccountId, ct) : null;
            var spoken = Languages.Nearest(language ?? (await settings.GetAsync(ct)).DefaultLanguage);
            using (Languages.Speak(spoken))
            {
                return ApiEndpoint.Answer(new LookupAnswer(partner.Code, partner.Name, partner.TakesClients, Discount(offer, text), Wording(partner.Name, spoken, wording)));
            }
        });

    /// <param name="client">Its number, or what the program's systems call it.</param>
    public static Task<IResult> ClientDiscount(
        string client, HttpContext context, ProductRegistrationQueries clients, PlanOfferQueries offers, ProgramSettingsSource settings, IStringLocalizer<DeveloperText> text) =>
        ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        {
            var language = query.Text("language", 35);
            if (query.Problem is { } problem)
            {
                return ApiEndpoint.Problem(problem);
            }

            if (await clients.ClientAsync(client, actor, ct) is not { } id)
            {
                return ApiEndpoint.Problem(ApiProblems.NotFound);
            }

            var offer = await offers.OfAccountAsync(id, actor, ct);
            using (Languages.Speak(Languages.Nearest(language ?? (await settings.GetAsync(ct)).DefaultLanguage)))
            {
                return ApiEndpoint.Answer(new ClientDiscountAnswer(AccountNumber.Offset + id, offer?.Partner, Discount(offer, text)));
            }
        });

    private static DiscountAnswer? Discount(PlanOffer? offer, IStringLocalizer<DeveloperText> text)
    {
        if (offer?.Rules is not { Discount: { } discount, Products: var products })
        {
            return null;
        }

        List<MoneyAnswer> amounts = [.. (discount.Fixed ?? new Dictionary<string, long>()).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new MoneyAnswer(a.Key, a.Value))];
        var saving = discount.BasisPoints is { } share ? Money.WritePercent(share) : string.Join(" / ", amounts.Select(a => Money.Write(a.Amount, a.Currency)));
        return new DiscountAnswer(
            discount.BasisPoints, amounts, products, products.Count == 0 ? text["Discount.First", saving] : text["Discount.FirstOf", saving, string.Join(", ", products)]);
    }

    private static WordingAnswer Wording(string partner, string language, IStringLocalizer<IdentityText> text) => new(
        ConsentWording.Current, language, text["See.Title", partner], [text["See.Contact"], text["See.Purchases"], text["See.LastSeen"]],
        text["SeeNot.Title", partner], [text["SeeNot.Password"], text["SeeNot.Inside"]]);
}
