using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>One purchase: what was told of it, what each partner gets and why, what was refunded, and a refund by hand.</summary>
public sealed partial class SupportPurchase
{
    private PurchaseFile? _file;
    private bool _loaded;
    private string? _amount;
    private string? _error;
    private string? _done;
    private bool _busy;

    /// <summary>Of the refund in the form: pressed twice, it is recorded once.</summary>
    private string _refundId = NewId();

    [Inject] public required PurchaseDeskQueries Purchases { get; init; }

    [Inject] public required RefundPurchase Refund { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SupportPurchasesText> L { get; init; }

    [Inject] public required IStringLocalizer<WalletText> Wallet { get; init; }

    [Parameter] public long Id { get; set; }

    /// <summary>It was entered just before.</summary>
    [SupplyParameterFromQuery(Name = "entered")] public bool Entered { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        _done = Entered ? L["Entered"].Value : null;
    }

    private static string NewId() => $"hand-{Guid.NewGuid():N}";

    private async Task LoadAsync()
    {
        _file = await Purchases.FindAsync(Id, await Current.GetAsync(), CancellationToken.None);
        _loaded = true;
    }

    private async Task RefundAsync()
    {
        var purchase = _file!.Purchase;
        (_error, _done) = (null, null);
        long? amount = null;
        if (!string.IsNullOrWhiteSpace(_amount))
        {
            if (!TypedPurchase.TryAmount(_amount, purchase.Currency, out var minor))
            {
                _error = L["Error.Amount"];
                return;
            }

            amount = minor;
        }

        _busy = true;
        var result = await Refund.ExecuteAsync(
            new RefundRequest(purchase.Source, purchase.Id, null, _refundId, amount, purchase.Currency, Clock.GetUtcNow().UtcDateTime), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is { } error)
        {
            _error = L.Describe(error);
            return;
        }

        (_amount, _refundId) = (null, NewId());
        await LoadAsync();
        _done = L["Refund.Done"];
    }

    private string NameOf(string name) => name.Length > 0 ? name : L["Account.Closed"];
}
