using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Support chooses to whom clients go, looks at what that means, decides, sees it done, and may undo it.</summary>
public sealed partial class SupportReassignment
{
    private ReassignmentRow? _row;
    private ReassignmentSums? _sums;
    private PartnerRow? _chosen;
    private UnpaidLines _lines;
    private bool _toNobody;
    private DateOnly? _startsOn;
    private string _reason = "";
    private string _undoReason = "";
    private string? _targetError;
    private string? _startError;
    private string? _reasonError;
    private string? _undoError;
    private string? _failure;
    private bool _loaded;
    private bool _busy;
    private bool _undoing;
    private int _version;

    [Inject] public required ReassignmentQueries Reassignments { get; init; }

    [Inject] public required ChangeReassignment Change { get; init; }

    [Inject] public required ConfirmReassignment Confirm { get; init; }

    [Inject] public required CancelReassignment Cancel { get; init; }

    [Inject] public required UndoReassignment Undo { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ReassignText> L { get; init; }

    [Parameter] public long Id { get; set; }

    private bool IsBefore => _row is { State: ReassignmentState.Draft or ReassignmentState.Scheduled };

    private bool MayUndo => _row is { State: ReassignmentState.Done, UndoUntil: { } until } && until > Clock.GetUtcNow().UtcDateTime;

    /// <summary>What there is to say of where it stands.</summary>
    private string? Told => _row switch
    {
        { State: ReassignmentState.Scheduled, StartsAt: { } at } => L["Told.Scheduled", Time.Full(at)].Value,
        { State: ReassignmentState.Done, UndoUntil: { } until, DecidedBy: var by } => L[MayUndo ? "Told.Done" : "Told.DoneForGood", by, Time.Full(until)].Value,
        { State: ReassignmentState.Undone, UndoneAt: { } at } row => L["Told.Undone", row.UndoneBy, Time.Full(at), row.UndoReason].Value,
        { State: ReassignmentState.Cancelled } => L["Told.Cancelled"].Value,
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        Follow(RunReassignments.Signal, payload => payload == RunReassignments.PayloadOf(Id));
        await LoadAsync();
        if (_row is { } row)
        {
            (_lines, _reason, _toNobody) = (row.Lines, row.Reason, row.ToNobody);
            _startsOn = row.StartsAt is { } at ? DateOnly.FromDateTime(Time.Local(at)) : null;
        }
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _row = await Reassignments.FindAsync(Id, actor, CancellationToken.None);
        _sums = await Reassignments.SumsAsync(Id, actor, CancellationToken.None);
        (_loaded, _version) = (true, _version + 1);
    }

    private string Title => _row switch
    {
        { ClosesId: not null } row => L["Closing.Title", NameOf(row.ClosesName)],
        { } row => L["One.Title", row.Id],
        _ => "",
    };

    private string NameOf(string name) => name.Length > 0 ? name : L["Client.Closed"];

    private string DoWords(ReassignmentRow row, ReassignmentSums sums) => row switch
    {
        { ClosesId: not null, ToNobody: true } => L["Closing.DoRelease", Count(sums.Waiting)],
        { ClosesId: not null, PartnerName.Length: > 0 } => L["Closing.DoMove", Count(sums.Waiting), row.PartnerName],
        { ClosesId: not null } => L["Closing.Do"],
        _ when _chosen is null && row.PartnerName.Length == 0 => L["Do.Move"],
        _ => L["Do.MoveTo", Count(sums.Waiting), row.PartnerName],
    };

    private static string Count(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private Task ChooseAsync(PartnerRow? partner)
    {
        (_chosen, _targetError) = (partner, null);
        return partner is null ? Task.CompletedTask : KeepAsync();
    }

    private Task<bool> KeepAsync(UnpaidLines lines)
    {
        _lines = lines;
        return KeepAsync();
    }

    private Task<bool> ReleaseAsync(bool toNobody)
    {
        (_toNobody, _targetError) = (toNobody, null);
        return KeepAsync();
    }

    private Task<bool> StartAsync(DateOnly? day)
    {
        (_startsOn, _startError) = (day, null);
        return KeepAsync();
    }

    private Task<bool> ReasonAsync(string? reason)
    {
        (_reason, _reasonError) = (reason ?? "", null);
        return KeepAsync();
    }

    /// <summary>Keeps what is chosen, and shows what it would mean.</summary>
    private async Task<bool> KeepAsync()
    {
        var choice = new ReassignChoice(_chosen?.AccountId ?? _row?.PartnerId, _lines, _startsOn is { } day ? Time.StartOfDay(day) : null, _reason, _toNobody);
        var result = await Change.ExecuteAsync(Id, choice, await Current.GetAsync(), CancellationToken.None);
        Show(result.Error);
        await LoadAsync();
        return result.Ok;
    }

    private Task ConfirmAsync() => ActAsync(async actor => (await KeepAsync()) ? (await Confirm.ExecuteAsync(Id, actor, CancellationToken.None)).Error : null);

    private Task CancelAsync() => ActAsync(async actor => (await Cancel.ExecuteAsync(Id, actor, CancellationToken.None)).Error);

    private async Task UndoAsync()
    {
        var result = await Undo.ExecuteAsync(Id, _undoReason, await Current.GetAsync(), CancellationToken.None);
        if (result.Error is { Field: not null } wrong)
        {
            _undoError = L.Why(wrong);
            return;
        }

        _undoing = false;
        Show(result.Error);
        await LoadAsync();
    }

    private async Task ActAsync(Func<Actor, Task<Error?>> act)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _failure) = (true, null);
        try
        {
            if (await act(await Current.GetAsync()) is { } error)
            {
                Show(error);
            }
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
    }

    /// <summary>Beside the field that it is of.</summary>
    private void Show(Error? error)
    {
        var words = error is null ? null : L.Why(error);
        switch (error?.Field)
        {
            case nameof(ReassignChoice.PartnerId):
                _targetError = words;
                break;
            case nameof(ReassignChoice.StartsAt):
                _startError = words;
                break;
            case nameof(ReassignChoice.Reason):
                _reasonError = words;
                break;
            default:
                _failure = words ?? _failure;
                break;
        }
    }
}
