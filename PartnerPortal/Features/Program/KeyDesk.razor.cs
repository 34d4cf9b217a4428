using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Keys of other systems: whoever may hold them makes and revokes them.</summary>
public sealed partial class KeyDesk
{
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<ProgramKeyRow> _keys = [];
    private ProgramKeyRow? _revoking;
    private MadeKey? _made;
    private string _name = "";
    private DateOnly? _until;
    private string? _wrongName;
    private string? _wrongScopes;
    private string? _wrongUntil;
    private string? _told;
    private bool _isWrong;

    /// <summary>Whose keys.</summary>
    [Parameter, EditorRequired] public KeyHolder Holder { get; set; }

    [Inject] public required ProgramKeyQueries Queries { get; init; }

    [Inject] public required MakeProgramKey Make { get; init; }

    [Inject] public required RevokeProgramKey Revoke { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IStringLocalizer<SystemText> L { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _keys = await Queries.ListAsync(Holder, _actor, CancellationToken.None);
    }

    private string StateOf(ProgramKeyRow key) => key switch
    {
        { RevokedAt: { } revoked } => L["Keys.Revoked", Time.Date(revoked)],
        { ExpiresAt: { } until } when until <= Clock.GetUtcNow().UtcDateTime => L["Keys.Expired", Time.Date(until.AddSeconds(-1))],
        { LastUsedAt: { } used } => Time.Brief(used),
        _ => L["Keys.Never"],
    };

    private void Choose(string scope, bool isChosen) => _ = isChosen ? _scopes.Add(scope) : _scopes.Remove(scope);

    private async Task MakeAsync()
    {
        (_wrongName, _wrongScopes, _wrongUntil, _told, _made) = (null, null, null, null, null);
        var result = await Make.ExecuteAsync(new NewKey(Holder, _name, [.. _scopes], _until is { } day ? Time.StartOfDay(day.AddDays(1)) : null), _actor, CancellationToken.None);
        if (result.Ok)
        {
            (_made, _name, _until) = (result.Value, "", null);
            _scopes.Clear();
            await LoadAsync();
            return;
        }

        switch (result.Error)
        {
            case KeyNameMissing:
                _wrongName = L["Make.NameMissing"];
                break;
            case KeyNameTooLong limit:
                _wrongName = L["Make.NameTooLong", limit.Limit];
                break;
            case KeyScopesMissing:
                _wrongScopes = L["Make.ScopesMissing"];
                break;
            case KeyExpiryInPast:
                _wrongUntil = L["Make.UntilPast"];
                break;
            case NotAllowed:
                (_told, _isWrong) = (L["Make.NotAllowed"], true);
                break;
            case var other:
                throw new InvalidOperationException($"The page does not know {other}.");
        }
    }

    private async Task RevokeAsync()
    {
        if (_revoking is not { } key)
        {
            return;
        }

        (_revoking, _made) = (null, null);
        var result = await Revoke.ExecuteAsync(Holder, key.Id, _actor, CancellationToken.None);
        (_told, _isWrong) = result.Ok ? (L["Revoke.Done", result.Value], false) : (L["Revoke.Gone"], true);
        await LoadAsync();
    }
}
