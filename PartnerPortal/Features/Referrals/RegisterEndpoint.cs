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
        var address = new RegisterAddress(code, @ref, refexternal);
        return Results.LocalRedirect(address.NamesSomebody ? RegisterAddress.TargetOf(await address.FindAsync(referrals, ct), i, s) : PortalUrls.RegisterAccount);
    }
}
