using System.Text.Json.Serialization;

namespace PartnerPortal.Features.Referrals;

/// <summary>What a code is, for the field that says it at once.</summary>
/// <param name="State"><c>known</c>, <c>unknown</c> or <c>inactive</c>.</param>
/// <param name="Name">The partner's name; null when the code is unknown.</param>
public sealed record CodeCheck(string State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);

/// <summary><c>/api/referral-codes/{code}</c>; rate-limited, so that codes cannot be guessed.</summary>
internal static class CodeCheckEndpoint
{
    public static async Task<IResult> Get(string code, HttpContext context, ReferralQueries referrals, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await referrals.ByCodeAsync(code, ct) switch
        {
            null => new CodeCheck("unknown", null),
            { TakesClients: false } partner => new CodeCheck("inactive", partner.Name),
            { } partner => new CodeCheck("known", partner.Name),
        });
    }
}
