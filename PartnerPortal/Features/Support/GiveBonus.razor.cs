using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class GiveBonus
{
    private bool _isOwner;
    private bool _isOpen;
    private bool _busy;
    private Guid _form;
    private string? _amount;
    private string _currency = "EUR";
    private string? _reason;
    private Error? _error;

    [Inject] public required GrantBonus Grant { get; init; }

    [Inject] public required WalletQueries Wallets { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<SupportText> L { get; init; }

    [Parameter, EditorRequired] public required long AccountId { get; set; }

    /// <summary>The partner's.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>With the amount in words.</summary>
    [Parameter] public EventCallback<string> OnGiven { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var actor = await Current.GetAsync();
        _isOwner = actor.IsOwner;
        if (_isOwner && (await Wallets.BalancesOfAsync(AccountId, actor, CancellationToken.None)) is [var first, ..])
        {
            _currency = first.Currency;
        }
    }

    private void Open() => (_isOpen, _form, _amount, _reason, _error) = (true, Guid.NewGuid(), null, null, null);

    private void Close() => (_isOpen, _error) = (false, null);

    private async Task GiveAsync()
    {
        _busy = true;
        var typed = new TypedBonus(AccountId, _amount, _currency, _reason, _form);
        var given = await Grant.ExecuteAsync(typed, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _error = given.Error;
        if (given.Ok && Money.TryRead(_amount, _currency, out var minor))
        {
            Close();
            await OnGiven.InvokeAsync(Money.Write(minor, _currency));
        }
    }

    private string? ErrorOf(string field) => _error is { } error && (error.Field ?? "") == field ? Words(error) : null;

    private string Words(Error error) => error switch
    {
        BonusInvalid { Member: nameof(BonusGrant.Amount) } => L["Bonus.AmountWrong", _currency],
        BonusInvalid { Member: nameof(BonusGrant.Reason) } => L["Bonus.ReasonMissing"],
        BonusInvalid => L["Account.Closed"],
        OwnAccountInvolved => L["Own.Account"],
        _ => L["Error.NotAllowed"],
    };
}
