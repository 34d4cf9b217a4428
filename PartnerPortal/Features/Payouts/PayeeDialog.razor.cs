using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>The form for payee details.</summary>
public sealed partial class PayeeDialog
{
    private PayeeForm _form = new();
    private IReadOnlyList<PayeeFieldWrong> _errors = [];
    private IReadOnlyList<(string Code, string Name)> _countries = [];
    private string? _failure;
    private bool _busy;
    private bool _wasOpen;

    [Inject] public required ChangePayee Change { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<PayoutsText> L { get; init; }

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>What is kept; null when nothing is.</summary>
    [Parameter] public MaskedPayee? Now { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            _countries = [.. PhoneCountries.All.Select(c => (c.Alpha2, Name: PhoneCountries.NameOf(c.Alpha2, CultureInfo.CurrentUICulture))).OrderBy(c => c.Name, StringComparer.CurrentCulture)];
            _form = Now is { } now ? new PayeeForm { Holder = now.Holder, Bank = now.Bank, Country = now.Country, Address = now.Address } : new PayeeForm();
            (_errors, _failure) = ([], null);
        }

        _wasOpen = Open;
    }

    private string? Wrong(string field) => L.Why(_errors.FirstOrDefault(e => e.Field == field));

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _errors, _failure) = (true, [], null);
        var result = await Change.ExecuteAsync(_form, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        switch (result.Error)
        {
            case null:
                // What is secret does not stay in the page.
                _form = new PayeeForm();
                await CloseAsync(false);
                await OnSaved.InvokeAsync();
                break;
            case PayeeRefused refused:
                _errors = refused.Errors;
                break;
            default:
                _failure = L.Why(result.Error);
                break;
        }
    }

    private Task CloseAsync(bool open) => OpenChanged.InvokeAsync(open);
}
