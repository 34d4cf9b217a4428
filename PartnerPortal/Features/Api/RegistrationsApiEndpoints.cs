using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/registrations</c>: the product tells of accounts made in it.</summary>
internal static class RegistrationsApiEndpoints
{
    public static Task<IResult> Register(
        HttpContext context, RegisterFromProduct register, ProductClueQueries clues, ProductRegistrationQueries registrations, ProgramSettingsSource settings) =>
        ApiEndpoint.ActAsync<RegistrationBody>(context, b => b.Missing(), async (body, actor, ct) =>
        {
            var language = Languages.Nearest(body.Language ?? (await settings.GetAsync(ct)).DefaultLanguage);
            var told = new ProductAccount(
                body.ExternalId!, body.Name, body.Email, language, body.EmailVerified, await clues.ReadAsync(body.Clues, ct), body.AgreedCode, body.Wording, body.WithoutPartner,
                ApiEndpoint.KeyOf(context));
            var registered = await register.ExecuteAsync(told, actor, ct);
            if (!registered.Ok)
            {
                return ApiEndpoint.Problem(registered.Error!);
            }

            var answer = await FindAsync(ApiIds.Write(ApiIds.Registration, registered.Value.Id), registrations, actor, ct)
                ?? throw new InvalidOperationException("The registration that was told just now is not found.");
            return ApiEndpoint.Created(context, registered.Value.IsNew, answer, $"{PortalUrls.Api}/registrations/{answer.Id}");
        });

    /// <param name="id">Ours, or what the product calls the account.</param>
    public static Task<IResult> One(string id, HttpContext context, ProductRegistrationQueries registrations) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : await FindAsync(id, registrations, actor, ct) is { } answer ? ApiEndpoint.Answer(answer)
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    private static async Task<RegistrationAnswer?> FindAsync(string id, ProductRegistrationQueries registrations, Actor actor, CancellationToken ct)
    {
        var row = ApiIds.Read(ApiIds.Registration, id) is { } key ? await registrations.FindAsync(key, actor, ct) : await registrations.ByExternalIdAsync(id, actor, ct);
        return row is null ? null : new RegistrationAnswer(
            ApiIds.Write(ApiIds.Registration, row.Id), row.ExternalId, row.ClientNumber is null ? "waiting" : "confirmed", ApiTime.Write(row.At), row.ClientNumber,
            row.PartnerCode is null ? null : new NamedPartner(row.PartnerCode, row.PartnerName!));
    }
}
