using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Keys of other systems: the owner makes and revokes them.</summary>
public sealed partial class SystemPage
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<ProgramKeyRow> _keys = [];
    private ProgramKeyRow? _revoking;
    private MadeKey? _made;
    private string _name = "";
    private string? _wrong;
    private string? _told;
    private bool _isWrong;

    [Inject] public required ProgramKeyQueries Queries { get; init; }

    [Inject] public required MakeProgramKey Make { get; init; }

    [Inject] public required RevokeProgramKey Revoke { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SystemText> L { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _keys = await Queries.ListAsync(_actor, CancellationToken.None);
    }

    private async Task MakeAsync()
    {
        (_wrong, _told, _made) = (null, null, null);
        var result = await Make.ExecuteAsync(_name, _actor, CancellationToken.None);
        if (result.Ok)
        {
            (_made, _name) = (result.Value, "");
            await LoadAsync();
            return;
        }

        _wrong = result.Error switch
        {
            KeyNameMissing => L["Make.NameMissing"],
            KeyNameTooLong limit => L["Make.NameTooLong", limit.Limit],
            var other => throw new InvalidOperationException($"The page does not know {other}."),
        };
    }

    private async Task RevokeAsync()
    {
        if (_revoking is not { } key)
        {
            return;
        }

        (_revoking, _made) = (null, null);
        var result = await Revoke.ExecuteAsync(key.Id, _actor, CancellationToken.None);
        (_told, _isWrong) = result.Ok ? (L["Revoke.Done", result.Value], false) : (L["Revoke.Gone"], true);
        await LoadAsync();
    }
}
