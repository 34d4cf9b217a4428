using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class ReassignDialog
{
    private const int Shown = 6;

    private string _typed = "";
    private string? _reason;
    private IReadOnlyList<PartnerRow> _found = [];
    private PartnerRow? _chosen;
    private bool _searched;
    private bool _busy;
    private string? _partnerError;
    private string? _reasonError;
    private string? _failure;

    [Inject]
    public required PartnerAdminQueries Partners { get; init; }

    [Inject]
    public required ReassignClients Reassign { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

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

    private async Task FindAsync(string? typed)
    {
        _typed = typed ?? "";
        var query = SearchQuery.Parse(_typed);
        var found = query.IsEmpty ? [] : await Partners.ActiveAsync(query, Shown + 2, await Current.GetAsync(), CancellationToken.None);
        if (_typed != (typed ?? ""))
        {
            // More was typed meanwhile; what was found for less must not take its place.
            return;
        }

        _searched = !query.IsEmpty;
        _found = [.. found.Where(p => p.AccountId != File.Account.Id && p.AccountId != File.Partner?.PartnerId).Take(Shown)];
        _chosen = _found.FirstOrDefault(p => p.AccountId == _chosen?.AccountId);
    }

    private void Choose(PartnerRow partner) => (_chosen, _partnerError) = (partner, null);

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
        (_typed, _reason, _found, _chosen, _searched) = ("", null, [], null, false);
        (_partnerError, _reasonError, _failure) = (null, null, null);
        await OpenChanged.InvokeAsync(open);
    }
}
