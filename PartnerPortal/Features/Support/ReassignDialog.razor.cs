using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class ReassignDialog
{
    private string? _reason;
    private PartnerRow? _chosen;
    private bool _busy;
    private string? _partnerError;
    private string? _reasonError;
    private string? _failure;

    [Inject]
    public required ReassignClients Reassign { get; init; }

    [Inject]
    public required DraftReassignment Draft { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Parameter, EditorRequired]
    public required ClientFile File { get; set; }

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The client was moved; with the name of its new partner.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private string Name => File.Account.Name;

    /// <summary>What was typed belongs to this one client.</summary>
    private string Kept => $"reassign-{File.Account.Number}";

    private long[] Except => File.Partner is { } partner ? [File.Account.Id, partner.PartnerId] : [File.Account.Id];

    private async Task MoveAsync()
    {
        (_partnerError, _reasonError, _failure) = (null, null, null);
        if (_chosen is null)
        {
            _partnerError = L["Reassign.ChooseFirst"];
            _reasonError = string.IsNullOrWhiteSpace(_reason) ? L["Error.ReasonMissing"].Value : null;
            return;
        }

        _busy = true;
        var result = await Reassign.ExecuteAsync(new ReassignRequest([File.Account.Id], _chosen.AccountId, _reason ?? ""), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (result.Error is { } error)
        {
            Show(error);
            return;
        }

        var name = _chosen.Name;
        await Js.ForgetFormAsync(Kept);
        await CloseAsync(false);
        await OnDone.InvokeAsync(name);
    }

    /// <summary>The same client by the desk for many: what moves of its money is looked at first, and all of it can be undone.</summary>
    private async Task PreviewAsync()
    {
        _busy = true;
        var draft = await Draft.ExecuteAsync(ReassignSelection.Of([File.Account.Id]), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        if (draft.Ok)
        {
            await Js.ForgetFormAsync(Kept);
            Navigation.NavigateTo(PortalUrls.SupportReassignment(draft.Value));
            return;
        }

        Show(draft.Error!);
    }

    private void Show(Error error)
    {
        var words = error switch
        {
            ReasonMissing => L["Error.ReasonMissing"],
            ReasonTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
            TargetIsNoPartner => L["Error.TargetIsNoPartner"],
            TargetTakesNoClients target => L["Error.TargetTakesNoClients", target.PartnerName],
            OwnAccountInvolved => L["Own.Involved"],
            NothingToMove => L["Error.NothingToMove", Name],
            _ => L["Error.NotAllowed"],
        };
        switch (error.Field)
        {
            case nameof(ReassignRequest.Reason):
                _reasonError = words;
                break;
            case nameof(ReassignRequest.PartnerId):
                _partnerError = words;
                break;
            default:
                _failure = words;
                break;
        }
    }

    private async Task CloseAsync(bool open)
    {
        (_reason, _chosen) = (null, null);
        (_partnerError, _reasonError, _failure) = (null, null, null);
        await OpenChanged.InvokeAsync(open);
    }
}
