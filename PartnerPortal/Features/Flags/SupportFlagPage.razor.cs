using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <summary>One flag: what made it, whom it is about, what is held, and what support decides.</summary>
public sealed partial class SupportFlagPage
{
    private readonly HashSet<long> _chosen = [];
    private FlagFile? _flag;
    private bool _voids;
    private string? _reason;
    private string? _reasonError;
    private string? _clientError;
    private string? _failure;
    private string? _done;
    private bool _asking;
    private bool _busy;
    private bool _loaded;

    [Inject] public required FlagDeskQueries Queries { get; init; }

    [Inject] public required DecideFlag Decide { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<FlagsText> L { get; init; }

    [Parameter] public long Id { get; set; }

    private bool MayDecide => _flag is { Row: { State: FlagState.Open, IsOwn: false } };

    private string Button => L[_flag is { Clients.Count: 0 } ? "Decide.DoClose" : _voids ? "Decide.DoVoid" : "Decide.DoClear"];

    protected override void OnInitialized() => Follow(RaiseFlags.Signal);

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        _chosen.UnionWith(_flag?.Clients.Where(c => c.State is FlaggedState.UnderReview).Select(c => c.ClientId) ?? []);
    }

    protected override async Task LoadAsync()
    {
        _flag = await Queries.OneAsync(Id, await Current.GetAsync(), CancellationToken.None);
        _loaded = true;
    }

    private string NameOf(string name) => name.Length > 0 ? name : L["Closed"];

    private void Choose(long client, bool isChosen) => _ = isChosen ? _chosen.Add(client) : _chosen.Remove(client);

    /// <summary>What cannot be undone is asked about first.</summary>
    private Task AskAsync()
    {
        _asking = _voids && _chosen.Count > 0 && !string.IsNullOrWhiteSpace(_reason);
        return _asking ? Task.CompletedTask : DecideAsync();
    }

    private async Task DecideAsync()
    {
        (_busy, _asking, _failure, _reasonError, _clientError) = (true, false, null, null, null);
        try
        {
            var result = await Decide.ExecuteAsync(Id, new FlagDecision([.. _chosen], _voids, _reason ?? ""), await Current.GetAsync(), CancellationToken.None);
            Show(result.Error);
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
    }

    private void Show(Error? error)
    {
        if (error is null)
        {
            (_done, _reason) = (L[_voids ? "Done.Voided" : "Done.Cleared"], null);
            _chosen.Clear();
            return;
        }

        var words = L.Describe(error);
        switch (error.Field)
        {
            case nameof(FlagDecision.Reason):
                _reasonError = words;
                break;
            case nameof(FlagDecision.ClientIds):
                _clientError = words;
                break;
            default:
                _failure = words;
                break;
        }
    }
}
