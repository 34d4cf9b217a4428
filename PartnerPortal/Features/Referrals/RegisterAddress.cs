using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>Whom an address of registration names: by a code, an account's number or its external id, in this order.</summary>
public sealed record RegisterAddress(string? Code, string? Number, string? ExternalId)
{
    public bool NamesSomebody => !string.IsNullOrWhiteSpace(Code ?? Number ?? ExternalId);

    /// <summary>Null when nobody is called so.</summary>
    public async Task<ReferralPartner?> FindAsync(ReferralQueries referrals, CancellationToken ct) =>
        Code is not null ? await referrals.ByCodeAsync(Code, ct)
        : Number is null ? await referrals.ByExternalIdAsync(ExternalId!.Trim(), ct)
        : long.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await referrals.ByNumberAsync(number, ct)
        : null;

    /// <summary>Where the visitor is led: the partner's join page, or the form, which says when the partner is unknown or takes no clients.</summary>
    /// <param name="partner">Null when nobody was found.</param>
    /// <param name="i">An invitation's token.</param>
    /// <param name="s">Where the link stood.</param>
    public static string TargetOf(ReferralPartner? partner, string? i, string? s) => partner switch
    {
        null => PortalUrls.WithQuery(PortalUrls.RegisterAccount, ("problem", "unknown")),
        { TakesClients: false } => PortalUrls.RegisterFrom(partner.Code, i),
        _ => PortalUrls.WithQuery(PortalUrls.Join(partner.Code, i), ("s", ReferralSources.Normalize(s))),
    };
}
