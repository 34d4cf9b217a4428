using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Sponsoring;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Support looks at what another sponsor would mean, decides, and may undo it.</summary>
public sealed partial class SupportSponsor
{
    private SponsorPreview? _preview;
    private IReadOnlyList<SponsorChangeRow> _changes = [];
    private PartnerRow? _chosen;
    private bool _nobody;
    private string _reason = "";
    private string _undoReason = "";
    private string? _targetError;
    private string? _reasonError;
    private string? _undoError;
    private string? _failure;
    private string? _done;
    private long? _undoing;
    private int _undoDays;
    private bool _loaded;
    private bool _busy;

    [Inject] public required SponsorQueries Sponsors { get; init; }

    [Inject] public required ChangeSponsor Change { get; init; }

    [Inject] public required UndoSponsorChange Undo { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SponsorText> L { get; init; }

    [Parameter] public long Id { get; set; }

    private bool HasChoice => _chosen is not null || _nobody;

    protected override async Task OnParametersSetAsync()
    {
        _undoDays = await Sponsors.UndoDaysAsync(CancellationToken.None);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _preview = await Sponsors.PreviewAsync(Id, _chosen?.AccountId, actor, CancellationToken.None);
        _changes = await Sponsors.ChangesAsync(Id, actor, CancellationToken.None);
        _loaded = true;
    }

    private Task ChooseAsync(PartnerRow? partner)
    {
        (_chosen, _nobody, _targetError) = (partner, false, null);
        return LoadAsync();
    }

    private Task NobodyAsync(ChangeEventArgs change)
    {
        (_nobody, _chosen, _targetError) = (change.Value is true, null, null);
        return LoadAsync();
    }

    private async Task ChangeAsync()
    {
        (_targetError, _reasonError, _failure) = (HasChoice ? null : L["Error.NoTarget"].Value, null, null);
        if (_busy || !HasChoice)
        {
            return;
        }

        _busy = true;
        var result = await Change.ExecuteAsync(Id, _chosen?.AccountId, _reason, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is { } error)
        {
            Show(error);
            return;
        }

        (_done, _reason, _chosen, _nobody) = (L["Done", Time.Full(result.Value)], "", null, false);
        await LoadAsync();
    }

    private void AskUndo(long id) => (_undoing, _undoReason, _undoError) = (id, "", null);

    private async Task UndoAsync()
    {
        if (_busy || _undoing is not { } id)
        {
            return;
        }

        _busy = true;
        var result = await Undo.ExecuteAsync(id, _undoReason, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is ReasonMissing or ReasonTooLong)
        {
            _undoError = Why(result.Error);
            return;
        }

        (_undoing, _done, _failure) = (null, result.Ok ? L["Undo.Done", Time.Full(result.Value)].Value : null, result.Ok ? null : Why(result.Error!));
        await LoadAsync();
    }

    /// <summary>Beside the field that it is of.</summary>
    private void Show(Error error)
    {
        switch (error)
        {
            case ReasonMissing or ReasonTooLong:
                _reasonError = Why(error);
                break;
            case TargetIsNoPartner or TargetTakesNoClients or SameSponsor or SponsorLoop:
                _targetError = Why(error);
                break;
            default:
                _failure = Why(error);
                break;
        }
    }

    private string Why(Error error) => error switch
    {
        ReasonMissing => L["Error.ReasonMissing"],
        ReasonTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
        TargetIsNoPartner => L["Error.NoTarget"],
        TargetTakesNoClients target => L["Error.Inactive", target.PartnerName],
        SameSponsor => L["Error.Same"],
        SponsorLoop => L["Error.Loop"],
        OwnAccountInvolved => L["Error.Own"],
        FormerSponsorClosed => L["Error.FormerClosed"],
        SponsorMovedOn => L["Error.MovedOn"],
        NoSuchAccount => L["Error.Closed"],
        NotAllowed => L["Error.NotAllowed"],
        _ => throw new InvalidOperationException($"The page does not know {error}."),
    };

    private string Named(string? name) => name switch
    {
        null => L["Nobody"],
        "" => L["ClosedAccount"],
        _ => name,
    };

    private string LevelWords(SponsorLevel level) => level switch
    {
        { Now: { } now, Then: { } then } when now == then => L["Level.Same", level.Level, Named(now)],
        _ => L["Level.Changed", level.Level, Named(level.Now), Named(level.Then)],
    };
}
