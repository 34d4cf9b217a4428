using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>One partner: what it is, and what staff decides about it.</summary>
public sealed partial class SupportPartner
{
    private PartnerDetail? _detail;
    private IReadOnlyList<AccountMember> _members = [];
    private bool _loaded;
    private bool _isOwn;
    private int _clients;
    private int _everClients;
    private Decision? _asking;
    private string? _reason;
    private string? _reasonError;
    private bool _busy;
    private string? _done;
    private string? _next;
    private string? _failure;

    private enum Decision
    {
        Reject,
        Suspend,
    }

    [Inject]
    public required PartnerAdminQueries Partners { get; init; }

    [Inject]
    public required AccountRecordQueries Accounts { get; init; }

    [Inject]
    public required AttributionHistoryQueries Attributions { get; init; }

    [Inject]
    public required ApproveApplication Approve { get; init; }

    [Inject]
    public required RejectApplication Reject { get; init; }

    [Inject]
    public required SuspendPartner Suspend { get; init; }

    [Inject]
    public required ReinstatePartner Reinstate { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required DraftReassignment Draft { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Inject]
    public required IStringLocalizer<ReassignText> R { get; init; }

    /// <summary>The account's id.</summary>
    [Parameter]
    public long Id { get; set; }

    private string Name => _detail is { Row.Name: { Length: > 0 } name } ? name : L["Account.Closed"];

    private string AskTitle => _asking is Decision.Reject ? L["Partner.RejectTitle", Name] : L["Partner.SuspendTitle", Name];

    private string AskSub => _asking is Decision.Reject ? L["Partner.RejectSub"] : L["Partner.SuspendSub"];

    private string AskButton => _asking is Decision.Reject ? L["Partner.Reject"] : L["Partner.Suspend"];

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        _loaded = true;
    }

    private async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _members = await Accounts.MembersAsync(Id, actor, CancellationToken.None);
        _isOwn = await Accounts.IsOwnAsync(Id, actor, CancellationToken.None);
        _clients = (await Attributions.ClientCountsAsync([Id], actor, CancellationToken.None)).GetValueOrDefault(Id);
        _everClients = await Attributions.EverCountAsync(Id, actor, CancellationToken.None);
        _detail = await Partners.DetailAsync(Id, actor, CancellationToken.None);
    }

    private async Task ApproveAsync() =>
        await ShowAsync(await RunAsync(actor => Approve.ExecuteAsync(Id, actor, CancellationToken.None)), L["Partner.Approved", Name], L["Partner.ApprovedNext"]);

    private async Task ReinstateAsync() =>
        await ShowAsync(await RunAsync(actor => Reinstate.ExecuteAsync(Id, actor, CancellationToken.None)), L["Partner.Reinstated", Name], L["Partner.ReinstatedNext"]);

    private async Task DecideAsync()
    {
        var isRejection = _asking is Decision.Reject;
        var result = await RunAsync(actor => isRejection
            ? Reject.ExecuteAsync(Id, _reason, actor, CancellationToken.None)
            : Suspend.ExecuteAsync(Id, _reason, actor, CancellationToken.None));
        if (result.Error is { Field: not null } error)
        {
            _reasonError = Words(error);
            return;
        }

        CloseAsk(false);
        await ShowAsync(result, isRejection ? L["Partner.Rejected", Name] : L["Partner.Suspended", Name], isRejection ? L["Partner.RejectedNext"] : L["Partner.SuspendedNext"]);
    }

    private async Task<Result<Done>> RunAsync(Func<Actor, Task<Result<Done>>> decide)
    {
        _busy = true;
        try
        {
            return await decide(await Current.GetAsync());
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ShowAsync(Result<Done> result, string done, string next)
    {
        _failure = result.Error is { } error ? Words(error) : null;
        (_done, _next) = result.Ok ? (done, next) : (null, null);
        await LoadAsync();
    }

    /// <summary>Goes on to the preview of all of its clients, where another partner is chosen.</summary>
    private async Task GoOnAsync(ReassignSelection selection)
    {
        _busy = true;
        var result = await Draft.ExecuteAsync(selection, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _failure = result.Error is { } error ? R.Why(error) : null;
        if (result.Ok)
        {
            Navigation.NavigateTo(PortalUrls.SupportReassignment(result.Value));
        }
    }

    private Task TermsSavedAsync()
    {
        (_done, _next, _failure) = (L["Terms.Saved"], null, null);
        return LoadAsync();
    }

    private Task BonusGivenAsync(string amount)
    {
        (_done, _next, _failure) = (L["Bonus.Given", Name, amount], L["Bonus.GivenNext"], null);
        return LoadAsync();
    }

    private void Ask(Decision decision) => (_asking, _reason, _reasonError) = (decision, null, null);

    private void CloseAsk(bool open) => (_asking, _reasonError) = (null, null);

    private string Words(Error error) => error switch
    {
        DecisionReasonMissing => L["Partner.ReasonMissing"],
        DecisionReasonTooLong tooLong => L["Error.ReasonTooLong", tooLong.Limit],
        PartnerStateChanged changed => L["Partner.StateChanged", L["PartnerState." + changed.State]],
        OwnAccountInvolved => L["Own.Account"],
        NoSuchPartner => L["Partner.NoSuch"],
        _ => L["Error.NotAllowed"],
    };
}
