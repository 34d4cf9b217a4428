using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Reports;

/// <summary>The dashboard's money; draws nothing for who may not see it, and follows what is posted.</summary>
public sealed partial class DashboardMoney
{
    private MoneyView? _view;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Inject] public required DashboardMoneyQueries Queries { get; init; }

    [Inject] public required IStringLocalizer<DashboardText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (Actor is { AccountId: { } own, MaySeeMoney: true })
        {
            Follow(WalletQueries.ChannelOf(own));
        }

        await LoadAsync();
    }

    protected override async Task LoadAsync() => _view = await Queries.ViewAsync(Actor, CancellationToken.None);
}
