using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Support;

/// <summary>Payments whose client was not found; support names it.</summary>
public sealed partial class SupportWaitingPayments
{
    private readonly Dictionary<long, string?> _typed = [];
    private IReadOnlyList<WaitingPayment>? _payments;
    private long? _failed;
    private string? _error;
    private bool _placed;

    [Inject] public required WaitingPaymentQueries Waiting { get; init; }

    [Inject] public required NameStripeClient Name { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SupportPurchasesText> L { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _payments = await Waiting.ListAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task NameAsync(WaitingPayment payment)
    {
        (_failed, _error, _placed) = (null, null, false);
        var result = await Name.ExecuteAsync(payment.Id, TypedPurchase.Client(_typed.GetValueOrDefault(payment.Id)), await Current.GetAsync(), CancellationToken.None);
        if (result.Error is { } error)
        {
            (_failed, _error) = (payment.Id, L.Describe(error));
            return;
        }

        await LoadAsync();
        _placed = _payments!.All(p => p.Id != payment.Id);
    }
}
