using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary><c>/access</c>: who asks to work in the account, who may, and what was done there. The client answers and revokes without asking anybody.</summary>
public sealed partial class AccessPage
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<AccessRow>? _rows;
    private (NoticeTone Tone, string Title, string Text)? _said;
    private string _program = "";

    [Inject] public required AccessQueries Queries { get; init; }

    [Inject] public required RevokeAccess Revoke { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AccessText> L { get; init; }

    private List<AccessRow> Waiting => [.. _rows!.Where(r => r.State is AccessState.Asked)];

    private List<AccessRow> Running => [.. _rows!.Where(r => r.State is AccessState.Running)];

    private List<AccessRow> Past => [.. _rows!.Where(r => r.State is not (AccessState.Asked or AccessState.Running))];

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        var own = FormattableString.Invariant($"{_actor.AccountId}");
        Follow(AccessGrantBook.ChangedSignal, payload => payload == own);
    }

    protected override async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _program = (await Settings.GetAsync()).Name;
        _rows = await Queries.OfOwnAccountAsync(_actor, CancellationToken.None);
    }

    private Task AnsweredAsync(AccessRow row, bool isYes)
    {
        var from = L.Asker(row, _program);
        _said = isYes ? (NoticeTone.Ok, L["Said.Approved", from], L["Said.Approved.Text"]) : (NoticeTone.Ok, L["Said.Refused", from], L["Said.Refused.Text"]);
        return LoadAsync();
    }

    private async Task RevokeAsync(AccessRow row)
    {
        var result = await Revoke.ExecuteAsync(row.Id, await Current.GetAsync(), CancellationToken.None);
        _said = result.Ok
            ? (NoticeTone.Ok, L["Said.Revoked", L.Asker(row, _program)], L["Said.Revoked.Text"])
            : (NoticeTone.Bad, L.Describe(result.Error!), "");
        await LoadAsync();
    }
}
