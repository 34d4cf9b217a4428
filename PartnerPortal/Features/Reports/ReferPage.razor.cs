using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Reports;

/// <summary><c>/refer</c>: an account's link, code and QR code, whom it brought and what that earned. What comes shows by itself.</summary>
public sealed partial class ReferPage
{
    /// <summary>The newest; all of them stand in "My clients".</summary>
    private const int Shown = 10;

    private static readonly ClientStatus[] Brought = [ClientStatus.Active, ClientStatus.NeverSignedIn, ClientStatus.Left];

    private Actor _actor = Actor.Visitor;
    private string _code = "";
    private ClientPage? _list;
    private IReadOnlyList<WalletBalance> _balances = [];

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required AccountQueries Accounts { get; init; }

    [Inject] public required ClientQueries Clients { get; init; }

    [Inject] public required WalletQueries Wallets { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ReferText> L { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> ClientsL { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        _code = (await Accounts.OwnAsync(_actor, CancellationToken.None))?.Code ?? "";
        if (_actor.AccountId is { } id)
        {
            Follow(ClientList.ChannelOf(id));
            Follow(WalletQueries.ChannelOf(id));
        }

        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        // With the first whom it brings the account becomes a partner.
        _actor = await Current.GetAsync();
        _balances = await Wallets.BalancesAsync(_actor, CancellationToken.None);
        _list = await Clients.PageAsync(new ClientFilter(Statuses: Brought), ClientSorting.Newest, null, Shown, _actor, CancellationToken.None);
    }
}
