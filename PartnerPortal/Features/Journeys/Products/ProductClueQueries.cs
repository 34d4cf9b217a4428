using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Products;

/// <summary>A partner as an address names it: by code, number or external id, in this order.</summary>
public sealed record ProductAddress(string? Code, string? Ref, string? RefExternal)
{
    internal RegisterAddress Read() => new(Text(Code), Text(Ref), Text(RefExternal));

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>An earlier visit of the product's site by a partner's link, as that site remembers it.</summary>
/// <param name="At">UTC.</param>
public sealed record ProductVisit(ProductAddress Address, DateTime At, string? Source, string? Invitation);

/// <summary>What somebody who registers in the product brought there.</summary>
/// <param name="TypedCode">Typed by the person.</param>
/// <param name="Invitation">The token of an invitation's link.</param>
/// <param name="Address">Of the page on which the form stood, or to which the link led.</param>
/// <param name="Visits">At most <see cref="ProductClueQueries.MostVisits"/> count, the latest.</param>
public sealed record ProductClues(string? TypedCode, string? Invitation, ProductAddress Address, IReadOnlyList<ProductVisit> Visits);

/// <summary>Reads what visitors of the product brought as the portal reads what its own visitors bring.</summary>
public sealed class ProductClueQueries(ReferralQueries referrals, ProgramSettingsSource settings, TimeProvider clock)
{
    /// <summary>As many as the portal's own cookie keeps.</summary>
    public const int MostVisits = 5;

    /// <summary>In the words of the portal's own rules. Who is not found, and visits that are too old or lie ahead, are left out.</summary>
    public async Task<ReferralClues> ReadAsync(ProductClues clues, CancellationToken ct)
    {
        var (now, program) = (clock.GetUtcNow().UtcDateTime, await settings.GetAsync(ct));
        var touches = new List<Touch>();
        foreach (var visit in clues.Visits.Where(v => v.At <= now && v.At > now.AddDays(-program.CookieWindowDays)).OrderByDescending(v => v.At).Take(MostVisits))
        {
            if (await CodeOfAsync(visit.Address, ct) is { } code)
            {
                touches.Add(new Touch(code, visit.At, ReferralSources.Normalize(visit.Source), visit.Invitation));
            }
        }

        return new ReferralClues(
            string.IsNullOrWhiteSpace(clues.TypedCode) ? null : clues.TypedCode, string.IsNullOrWhiteSpace(clues.Invitation) ? null : clues.Invitation, await CodeOfAsync(clues.Address, ct), touches);
    }

    /// <summary>Whose client somebody with these clues would be: what the product's form has to name.</summary>
    /// <returns>One that takes no clients where nobody else is named; null when nobody is.</returns>
    public async Task<ReferralPartner?> WinnerAsync(ProductClues clues, CancellationToken ct)
    {
        var candidates = await referrals.CandidatesAsync(await ReadAsync(clues, ct), ct);
        var (decision, inPlay) = ReferralPrecedence.Decide(candidates, (await settings.GetAsync(ct)).TouchRule);
        return (decision?.PartnerId ?? (inPlay.Count > 0 ? inPlay[0].PartnerId : null)) is { } partner ? await referrals.ByNumberAsync(AccountNumber.Offset + partner, ct) : null;
    }

    private async Task<string?> CodeOfAsync(ProductAddress address, CancellationToken ct)
    {
        var read = address.Read();
        return read.NamesSomebody ? (await read.FindAsync(referrals, ct))?.Code : null;
    }
}
