using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

public sealed partial class AccessRequestCard
{
    private AccessScopes _scopes;
    private int _days;
    private string _words = "";
    private long _shown;
    private Error? _error;
    private string? _failed;
    private bool _busy;

    [Inject] public required ApproveAccess Approve { get; init; }

    [Inject] public required RefuseAccess Refuse { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AccessText> L { get; init; }

    [Parameter, EditorRequired] public required AccessRow Row { get; set; }

    /// <summary>Who asks, in words.</summary>
    [Parameter, EditorRequired] public required string From { get; set; }

    [Parameter] public bool MayDecide { get; set; }

    /// <summary>After it was answered: true when it was approved.</summary>
    [Parameter] public EventCallback<bool> OnAnswered { get; set; }

    protected override void OnParametersSet()
    {
        if (_shown != Row.Id)
        {
            (_shown, _scopes, _days) = (Row.Id, Row.Scopes, Row.Days);
        }
    }

    private Task ApproveAsync() => AnswerAsync(async actor => (await Approve.ExecuteAsync(Row.Id, new AccessTerms(_scopes, _days, _words), actor, CancellationToken.None)).Error, isYes: true);

    private Task RefuseAsync() => AnswerAsync(async actor => (await Refuse.ExecuteAsync(Row.Id, _words, actor, CancellationToken.None)).Error, isYes: false);

    private async Task AnswerAsync(Func<Actor, Task<Error?>> answer, bool isYes)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        _error = await answer(await Current.GetAsync());
        _failed = _error is { Field: null } ? L.Describe(_error) : null;
        _busy = false;
        if (_error is null)
        {
            await OnAnswered.InvokeAsync(isYes);
        }
    }

    private string? ErrorOf(string field) => _error?.Field == field ? L.Describe(_error) : null;

    private string? Invalid(string field) => _error?.Field == field ? "true" : null;
}
