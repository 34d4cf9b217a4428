using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary><c>/my-partner</c>: who the partner is, why, what it sees; sharing, stopping and leaving without asking anybody.</summary>
public sealed partial class MyPartnerPage
{
    private Actor _actor = Actor.Visitor;
    private MyPartner? _current;
    private string? _sponsor;
    private IReadOnlyList<WaitingPartner> _waiting = [];
    private IReadOnlyList<ReceiptData> _receipts = [];
    private (NoticeTone Tone, string Title, string Text)? _said;
    private bool _loaded;
    private bool _busy;
    private bool _asking;
    private ChangeToUndo? _undo;
    private int _coolingOff;

    [Inject]
    public required MyPartnerQueries Queries { get; init; }

    [Inject]
    public required ReceiptQueries Receipts { get; init; }

    [Inject]
    public required AccountQueries Accounts { get; init; }

    [Inject]
    public required ShareDetails Share { get; init; }

    [Inject]
    public required StopSharing Stop { get; init; }

    [Inject]
    public required AllowRequests Allow { get; init; }

    [Inject]
    public required StopRequests Forbid { get; init; }

    [Inject]
    public required LeavePartner Leave { get; init; }

    [Inject]
    public required ReturnToPartner Return { get; init; }

    [Inject]
    public required ProgramSettingsSource Settings { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<MyPartnerText> L { get; init; }

    [Inject]
    public required IStringLocalizer<JoinText> JoinL { get; init; }

    [Inject]
    public required IStringLocalizer<AttributionsText> ReceiptL { get; init; }

    private List<(ReceiptData Receipt, DateTime Ended, AttributionEnd Because)> Earlier =>
        [.. from r in _receipts where r is { EndedAt: not null, EndedBecause: not null } select (r, r.EndedAt!.Value, r.EndedBecause!.Value)];

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is not { } accountId)
        {
            return;
        }

        _current = await Queries.CurrentAsync(_actor, CancellationToken.None);
        _undo = await Queries.ToUndoAsync(_actor, CancellationToken.None);
        _coolingOff = (await Settings.GetAsync()).CoolingOffDays;
        _waiting = await Queries.WaitingAsync(_actor, CancellationToken.None);
        _receipts = await Receipts.OfClientAsync(accountId, ReceiptAudience.Client, _actor, CancellationToken.None);
        _sponsor = (await Accounts.OwnAsync(_actor, CancellationToken.None))?.SponsorName;
        _loaded = true;
    }

    private Task SwitchAsync((ConsentKind Kind, bool On) asked)
    {
        var language = CultureInfo.CurrentUICulture.Name;
        return asked switch
        {
            (ConsentKind.Data, true) => DoAsync(actor => Share.ExecuteAsync(language, actor, CancellationToken.None), partner => (L["Said.Shared", partner], L["Said.SharedText", partner])),
            (ConsentKind.Data, false) => DoAsync(actor => Stop.ExecuteAsync(actor, CancellationToken.None), partner => (L["Said.Stopped", partner], L["Said.StoppedText", partner])),
            (ConsentKind.Access, true) => DoAsync(actor => Allow.ExecuteAsync(language, actor, CancellationToken.None), partner => (L["Said.Asks", partner], L["Said.AsksText", partner])),
            (ConsentKind.Access, false) => DoAsync(actor => Forbid.ExecuteAsync(actor, CancellationToken.None), partner => (L["Said.AsksNot", partner], L["Said.AsksNotText", partner])),
            _ => throw new InvalidOperationException($"There is no switch for {asked.Kind}."),
        };
    }

    private Task LeaveAsync() => DoAsync(
        actor => Leave.ExecuteAsync(actor, CancellationToken.None),
        partner => (L["Said.Left", partner], L["Said.LeftText", partner]));

    private Task UndoAsync(ChangeToUndo undo) => DoAsync(
        actor => Return.ExecuteAsync(undo.AttributionId, actor, CancellationToken.None),
        _ => (L["Said.Returned", undo.Former], L["Said.ReturnedText", undo.Former]));

    private async Task DoAsync(Func<Actor, Task<Result<Done>>> act, Func<string, (string Title, string Text)> success)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var partner = _current?.Partner.Name ?? "";
        var result = await act(await Current.GetAsync());
        var (title, text) = result.Error switch
        {
            null => success(partner),
            JoinProblem problem => JoinL.Describe(problem, Time),
            _ => (L["Said.Failed"].Value, ""),
        };
        _said = (result.Ok ? NoticeTone.Ok : NoticeTone.Bad, title, text);
        _asking = false;
        await LoadAsync();
        _busy = false;
    }

    /// <summary>The rule's sentences, where the client cannot leave, or else switch, by itself.</summary>
    private string WordsOf(JoinProblem problem, bool leaving) => problem switch
    {
        NotAdminOfAccount => L[leaving ? "Leave.NotAdmin" : "Switch.NotAdmin"],
        SwitchingLocked locked => L[leaving ? "Leave.Locked" : "Switch.Locked", locked.CurrentPartner, Time.LongDate(locked.Until)],
        ChangedLately lately => L[leaving ? "Leave.Lately" : "Switch.Lately", Time.LongDate(lately.Until)],
        _ => L[leaving ? "Leave.BySupport" : "Switch.BySupport", _current?.Partner.Name ?? ""],
    };
}
