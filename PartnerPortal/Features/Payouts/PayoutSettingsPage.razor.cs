using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Payouts;

/// <summary>The owner says when money goes out, from which amount on, and who approves.</summary>
public sealed partial class PayoutSettingsPage
{
    private PayoutSettingsForm _form = new();
    private IReadOnlyList<PayoutSettingWrong> _errors = [];
    private string? _told;
    private bool _isWrong;
    private bool _busy;

    [Inject] public required PayoutDeskQueries Payouts { get; init; }

    [Inject] public required ChangePayoutSettings Change { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<PayoutsText> L { get; init; }

    protected override async Task OnInitializedAsync() => _form = await Payouts.SettingsAsync(await Current.GetAsync(), CancellationToken.None);

    private string? Wrong(string field) => L.Why(_errors.FirstOrDefault(e => e.Field == field));

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _errors, _told) = (true, [], null);
        var actor = await Current.GetAsync();
        var result = await Change.ExecuteAsync(_form, actor, CancellationToken.None);
        _busy = false;
        switch (result.Error)
        {
            case null:
                (_told, _isWrong) = (L["Setting.Saved"], false);
                _form = await Payouts.SettingsAsync(actor, CancellationToken.None);
                break;
            case PayoutSettingsRefused refused:
                _errors = refused.Errors;
                break;
            case PayoutSettingsChangedMeanwhile:
                (_told, _isWrong) = (L["Setting.Meanwhile"], true);
                _form = await Payouts.SettingsAsync(actor, CancellationToken.None);
                break;
            default:
                (_told, _isWrong) = (L.Why(result.Error), true);
                break;
        }
    }
}
