using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>
/// What can be bought, for anybody. The discount of the client's partner, or of the partner whose link a visitor came by, is taken off already and said. Static: works
/// without script; what is chosen goes along with the registration as the address to come back to.
/// </summary>
public sealed partial class PlansPage
{
    private ProgramSettings _program = new();
    private Actor _actor = Actor.Visitor;
    private PlanOffer? _offer;
    private string? _from;
    private IReadOnlyList<string> _currencies = [];
    private IReadOnlyList<PlanRow> _shown = [];
    private string _currency = "";

    [Inject] public required PlanQueries Plans { get; init; }

    [Inject] public required PlanOfferQueries Offers { get; init; }

    [Inject] public required ReferralQueries Referrals { get; init; }

    [Inject] public required TouchSeal Seal { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<PlansText> L { get; init; }

    [CascadingParameter] public required HttpContext Context { get; init; }

    /// <summary>ISO 4217; anything that no plan has shows the first.</summary>
    [SupplyParameterFromQuery(Name = "currency")] public string? Currency { get; set; }

    /// <summary>A partner's code.</summary>
    [SupplyParameterFromQuery(Name = "code")] public string? Code { get; set; }

    /// <summary>A partner's number.</summary>
    [SupplyParameterFromQuery(Name = "ref")] public string? Ref { get; set; }

    /// <summary>A partner's external id.</summary>
    [SupplyParameterFromQuery(Name = "refexternal")] public string? RefExternal { get; set; }

    /// <summary>An invitation's token, to go along with the choice.</summary>
    [SupplyParameterFromQuery(Name = "i")] public string? Invitation { get; set; }

    private string? Token => LinkToken.IsWellFormed(Invitation) ? Invitation : null;

    private string Here => InCurrency(_currency);

    protected override async Task OnInitializedAsync()
    {
        var ct = Context.RequestAborted;
        _program = await Settings.GetAsync(ct);
        _actor = await Current.GetAsync(ct);
        var plans = await Plans.OnSaleAsync(ct);
        _currencies = [.. plans.SelectMany(p => p.Prices.Keys).GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        _currency = _currencies.FirstOrDefault(c => string.Equals(c, Currency, StringComparison.OrdinalIgnoreCase)) ?? (_currencies.Count > 0 ? _currencies[0] : "");
        _shown = [.. plans.Where(p => p.Prices.ContainsKey(_currency))];
        _offer = _actor.IsSignedIn ? await Offers.OfClientAsync(_actor, ct) : await OfferOfVisitAsync(ct);
        _offer = _shown.Any(p => _offer?.On(p.Code) is not null) ? _offer : null;
    }

    private OrderSum SumOf(PlanRow plan) => OrderSum.Of(plan.Prices[_currency], _offer?.On(plan.Code), plan.TaxBasisPoints, _currency);

    private string OfferText(PlanOffer offer) =>
        Saving(offer.Rules.Discount!) + (_shown.All(p => offer.Rules.Covers(p.Code)) ? "" : " " + L["Offer.Only", string.Join(", ", _shown.Where(p => offer.Rules.Covers(p.Code)).Select(p => p.Name))]);

    private string Saving(ClientDiscount discount) => discount.BasisPoints is { } share ? L["Offer.Percent", Money.WritePercent(share)].Value
        : discount.Fixed?.GetValueOrDefault(_currency) is > 0 and var amount ? L["Offer.Fixed", Money.Write(amount, _currency)].Value
        : L["Offer.OtherCurrency"].Value;

    private string InCurrency(string currency) => PortalUrls.WithQuery(PortalUrls.Plans, ("currency", currency), ("code", _from), ("i", Token));

    /// <summary>The order's page; before it, for who is not signed in, the registration, which comes back to it once the address is confirmed.</summary>
    private string Choose(PlanRow plan)
    {
        var order = PortalUrls.OrderOf(plan.Code, _currency);
        return _actor.IsSignedIn ? order : PortalUrls.WithQuery(PortalUrls.RegisterAccount, ("from", _from), ("i", Token), ("returnUrl", order));
    }

    /// <summary>Who would be the partner if this visitor registered now: by the same precedence as the registration's.</summary>
    private async Task<PlanOffer?> OfferOfVisitAsync(CancellationToken ct)
    {
        var named = Code is not null ? await Referrals.ByCodeAsync(Code, ct)
            : Ref is not null ? long.TryParse(Ref, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await Referrals.ByNumberAsync(number, ct) : null
            : RefExternal?.Trim() is { Length: > 0 } external ? await Referrals.ByExternalIdAsync(external, ct)
            : null;
        _from = named?.Code;
        var touches = Seal.Open(Context.Request.Cookies[TouchSeal.CookieName], _program.CookieWindowDays);
        var candidates = await Referrals.CandidatesAsync(new ReferralClues(null, Token, _from, touches), ct);
        return ReferralPrecedence.Decide(candidates, _program.TouchRule).Decision is { } decision ? await Offers.OfPartnerAsync(decision.PartnerId, ct) : null;
    }
}
