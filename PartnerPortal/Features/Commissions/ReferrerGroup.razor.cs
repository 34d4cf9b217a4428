using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Commissions;

/// <summary>Chooses the group that clients who recommend come into.</summary>
public sealed partial class ReferrerGroup
{
    private IReadOnlyList<GroupOption> _groups = [];
    private long _group;
    private string? _wrong;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    /// <summary>Gets the sentence that tells what was done.</summary>
    [Parameter] public EventCallback<string> OnChanged { get; set; }

    [Inject] public required ChooseReferrerGroup Choose { get; init; }

    [Inject] public required PartnerAdminQueries Partners { get; init; }

    [Inject] public required IStringLocalizer<CommissionsText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _groups = await Partners.GroupsAsync(Actor, CancellationToken.None);
        _group = _groups.FirstOrDefault(g => g.TakesReferrers)?.Id ?? 0;
    }

    private async Task SaveAsync()
    {
        var result = await Choose.ExecuteAsync(_group == 0 ? null : _group, Actor, CancellationToken.None);
        _wrong = result.Ok ? null : L["Problem.NoSuchGroup"].Value;
        if (result.Ok)
        {
            await OnChanged.InvokeAsync(_group == 0 ? L["Done.Referrers.None"] : L["Done.Referrers", _groups.First(g => g.Id == _group).Name]);
        }
    }
}
