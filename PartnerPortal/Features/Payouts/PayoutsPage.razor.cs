using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A partner's payouts: what can go out, where to, and how it stands with each. What moves shows by itself.</summary>
public sealed partial class PayoutsPage
{
    private Actor _actor = Actor.Visitor;
    private PayoutStanding? _standing;
    private MaskedPayee? _payee;
    private Page<PayoutRow>? _page;
    private PayableWallet? _asking;
    private bool _editing;
    private bool _busy;
    private string? _place;
    private string? _told;
    private string? _next;
    private bool _isWrong;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required PayoutQueries Payouts { get; init; }

    [Inject] public required PayeeQueries Payees { get; init; }

    [Inject] public required RequestPayout Request { get; init; }

    [Inject] public required WithdrawPayout Withdraw { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<PayoutsText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is { } own)
        {
            Follow(WalletQueries.ChannelOf(own));
            Follow(PayoutDesk.Signal, account => account == own.ToString(CultureInfo.InvariantCulture));
        }

        await LoadAsync();
    }

    private static string CountryName(string code) => PhoneCountries.NameOf(code, CultureInfo.CurrentUICulture);

    protected override async Task LoadAsync()
    {
        var ct = CancellationToken.None;
        _payee = await Payees.FindAsync(_actor, ct);
        _page = await Payouts.PageAsync(_place, _actor, ct);
        _standing = await Payouts.StandingAsync(_actor, ct);
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private async Task AskAsync()
    {
        if (_asking is not { } wallet || _busy)
        {
            return;
        }

        _busy = true;
        var result = await Request.ExecuteAsync(wallet.Currency, _actor, CancellationToken.None);
        (_busy, _asking) = (false, null);
        _isWrong = !result.Ok;
        _told = result.Error is { } error ? L.Why(error) : L["Ask.Done", PayoutNumber.Write(result.Value)];
        _next = result.Ok ? L["Ask.Done.Next"].Value : null;
        _place = null;
        await LoadAsync();
    }

    private async Task WithdrawAsync(PayoutRow row)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await Withdraw.ExecuteAsync(row.Id, _actor, CancellationToken.None);
        _busy = false;
        _isWrong = !result.Ok;
        _told = result.Error is { } error ? L.Why(error) : L["Row.Withdrawn", PayoutNumber.Write(row.Id)];
        _next = result.Ok ? L["Row.Withdrawn.Next"].Value : null;
        await LoadAsync();
    }

    private Task SavedAsync()
    {
        (_told, _next, _isWrong) = (L["Payee.Saved"], L["Payee.Saved.Next"], false);
        return LoadAsync();
    }
}
