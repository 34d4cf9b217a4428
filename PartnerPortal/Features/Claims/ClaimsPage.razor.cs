using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary><c>/claims</c>: what the account claims, and what is claimed of its clients.</summary>
public sealed partial class ClaimsPage
{
    /// <summary>The value in the address for claims of the account's own clients.</summary>
    private const string Theirs = "others";

    private Actor _actor = Actor.Visitor;
    private ClaimSide _side;
    private Page<ClaimRow>? _page;
    private string? _place;
    private int _waiting;

    [Inject] public required ClaimQueries Queries { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    /// <summary>"others", or anything else for the account's own.</summary>
    [SupplyParameterFromQuery(Name = "of")] public string? Of { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        var own = FormattableString.Invariant($"{_actor.AccountId}");
        Follow(ClaimBook.ChangedSignal, payload => payload == own);
    }

    protected override async Task OnParametersSetAsync()
    {
        (_side, _place) = (Of == Theirs ? ClaimSide.Other : ClaimSide.Claimant, null);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _waiting = await Queries.WaitingAsync(_actor, CancellationToken.None);
        _page = await Queries.PageAsync(_side, _place, _actor, CancellationToken.None);
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private string Note(ClaimRow row) => row switch
    {
        { ClosedAt: { } closed } => " · " + L["Row.Closed", Time.Date(closed)],
        { AnsweredAt: { } answered } => " · " + L["Row.Answered", Time.Date(answered)],
        { DueAt: { } due } => " · " + L["Row.Due", Time.Full(due)],
        _ => "",
    };
}
