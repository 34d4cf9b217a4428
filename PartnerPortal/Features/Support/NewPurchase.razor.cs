using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Support enters a purchase that no system tells of.</summary>
public sealed partial class NewPurchase
{
    private readonly Dictionary<string, string> _errors = [];

    /// <summary>Of the purchase in the form: pressed twice, it is recorded once.</summary>
    private readonly string _id = $"hand-{Guid.NewGuid():N}";
    private string? _client;
    private string? _product;
    private string _currency = "EUR";
    private string? _amount;
    private string? _discount;
    private string? _tax;
    private DateTime? _at;
    private DateOnly? _until;
    private string? _reference;
    private bool _busy;
    private bool _isLive;

    [Inject] public required RecordPurchase Record { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SupportPurchasesText> L { get; init; }

    /// <summary>What the client field begins with.</summary>
    [SupplyParameterFromQuery(Name = "client")] public string? Client { get; set; }

    protected override void OnInitialized()
    {
        _client = Client;
        _at = Time.Local(Clock.GetUtcNow().UtcDateTime);
        _isLive = RendererInfo.IsInteractive;
    }

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private string? Invalid(string field) => _errors.ContainsKey(field) ? "true" : null;

    private async Task SaveAsync()
    {
        _errors.Clear();
        var amount = Read(_amount, nameof(PurchaseRequest.Amount), isNeeded: true);
        var discount = Read(_discount, nameof(PurchaseRequest.Discount), isNeeded: false);
        var tax = Read(_tax, nameof(PurchaseRequest.Tax), isNeeded: false);
        if (_at is null)
        {
            _errors[nameof(PurchaseRequest.OccurredAt)] = L["Error.Time"];
        }

        if (_errors.Count > 0)
        {
            return;
        }

        _busy = true;
        var id = string.IsNullOrWhiteSpace(_reference) ? _id : _reference;
        var result = await Record.ExecuteAsync(
            new PurchaseRequest(
                PurchaseSources.Hand, id, TypedPurchase.Client(_client), amount, discount, tax, _currency, _product ?? "", Time.Utc(_at!.Value), PaidUntil: _until is { } day ? Time.StartOfDay(day) : null),
            await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is { } error)
        {
            _errors[error.Field ?? ""] = L.Describe(error);
            return;
        }

        await Js.ForgetFormAsync("purchase");
        Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.SupportPurchase(result.Value.Id), ("entered", "true")));
    }

    private long Read(string? typed, string field, bool isNeeded)
    {
        if (string.IsNullOrWhiteSpace(typed) && !isNeeded)
        {
            return 0;
        }

        if (!TypedPurchase.TryAmount(typed, _currency, out var minor))
        {
            _errors[field] = L["Error.Amount"];
        }

        return minor;
    }
}
