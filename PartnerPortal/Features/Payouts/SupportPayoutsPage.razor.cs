using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Staff approves payouts, puts them into bank files and says what came of them. What moves shows by itself.</summary>
public sealed partial class SupportPayoutsPage
{
    private Actor _actor = Actor.Visitor;
    private PayoutState _state;
    private IReadOnlyDictionary<PayoutState, int> _counts = new Dictionary<PayoutState, int>();
    private Page<DeskPayout>? _page;
    private ExportedBatch? _batch;
    private IReadOnlyList<OpenFile> _files = [];
    private OpenFile? _paying;
    private DeskPayout? _failing;
    private string _reason = "";
    private string? _reasonError;
    private string? _place;
    private string? _told;
    private bool _isWrong;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required PayoutDeskQueries Payouts { get; init; }

    [Inject] public required ApprovePayout Approve { get; init; }

    [Inject] public required ExportPayouts Export { get; init; }

    [Inject] public required MarkPayoutPaid Pay { get; init; }

    [Inject] public required MarkFilePaid PayAll { get; init; }

    [Inject] public required FailPayout Fail { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<PayoutsText> L { get; init; }

    /// <summary>A name of <see cref="PayoutState"/>; anything else shows what waits for approval.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        Follow(PayoutDesk.Signal);
    }

    protected override async Task OnParametersSetAsync()
    {
        _state = Enum.TryParse<PayoutState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : PayoutState.Requested;
        _place = null;
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _counts = await Payouts.CountsAsync(_actor, CancellationToken.None);
        _files = _state is PayoutState.Exported ? await Payouts.OpenFilesAsync(_actor, CancellationToken.None) : [];
        _page = await Payouts.PageAsync(_state, _place, _actor, CancellationToken.None);
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private Task ApproveAsync(DeskPayout row) => ActAsync(() => Approve.ExecuteAsync(row.Id, _actor, CancellationToken.None), L["Desk.Approved", PayoutNumber.Write(row.Id)]);

    private Task PayAsync(DeskPayout row) => ActAsync(() => Pay.ExecuteAsync(row.Id, _actor, CancellationToken.None), L["Desk.Paid", PayoutNumber.Write(row.Id)]);

    private async Task PayFileAsync()
    {
        if (_paying is not { } file || _busy)
        {
            return;
        }

        _busy = true;
        var result = await PayAll.ExecuteAsync(file.BatchId, _actor, CancellationToken.None);
        (_busy, _paying) = (false, null);
        await TellAsync(result.Error, result.Ok ? L.Counted("PayFile.Done", result.Value.Paid) + (result.Value.Left > 0 ? " " + L["PayFile.Own"] : "") : "");
    }

    private void BeginToFail(DeskPayout row) => (_failing, _reason, _reasonError) = (row, "", null);

    private async Task FailAsync()
    {
        if (_failing is not { } row)
        {
            return;
        }

        var result = await Fail.ExecuteAsync(row.Id, _reason, _actor, CancellationToken.None);
        if (result.Error is { Field: nameof(Payout.FailureReason) } wrong)
        {
            _reasonError = L.Why(wrong);
            return;
        }

        _failing = null;
        await TellAsync(result.Error, L["Desk.Failed", PayoutNumber.Write(row.Id)]);
    }

    private async Task ExportAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _batch, _told) = (true, null, null);
        var result = await Export.ExecuteAsync(_actor, CancellationToken.None);
        _busy = false;
        if (result.Ok)
        {
            _batch = result.Value;
            await LoadAsync();
            return;
        }

        await TellAsync(result.Error, "");
    }

    private async Task ActAsync(Func<Task<Result<Done>>> act, string done)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await act();
        _busy = false;
        await TellAsync(result.Error, done);
    }

    private Task TellAsync(Error? error, string done)
    {
        (_told, _isWrong) = error is null ? (done, false) : (L.Why(error), true);
        return LoadAsync();
    }
}
