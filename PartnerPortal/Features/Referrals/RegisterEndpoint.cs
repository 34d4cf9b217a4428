using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// <c>/register?code=</c>, <c>?ref=</c> (the account's number) or <c>?refexternal=</c> (its external id): leads to the partner's join page, or to the plain
/// registration form, which says when the partner is unknown or takes no clients and lets the visitor go on without.
/// </summary>
internal static class RegisterEndpoint
{
    public static async Task<IResult> Get(string? code, string? @ref, string? refexternal, string? i, string? s, ReferralQueries referrals, CancellationToken ct)
    {
        var asked = code ?? @ref ?? refexternal;
        if (string.IsNullOrWhiteSpace(asked))
        {
            return Results.LocalRedirect(PortalUrls.RegisterAccount);
        }

        var partner = code is not null ? await referrals.ByCodeAsync(code, ct)
            : @ref is null ? await referrals.ByExternalIdAsync(refexternal!.Trim(), ct)
            : long.TryParse(@ref, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await referrals.ByNumberAsync(number, ct)
            : null;
        return Results.LocalRedirect(partner switch
        {
            null => PortalUrls.WithQuery(PortalUrls.RegisterAccount, ("problem", "unknown")),
            { TakesClients: false } => PortalUrls.RegisterFrom(partner.Code, i),
            _ => PortalUrls.WithQuery(PortalUrls.Join(partner.Code, i), ("s", ReferralSources.Normalize(s))),
        });
    }
}
