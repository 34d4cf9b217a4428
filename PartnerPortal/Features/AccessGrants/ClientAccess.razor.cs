using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

public sealed partial class ClientAccess
{
    private const int UsualDays = 7;

    private IReadOnlyList<AccessRow> _rows = [];
    private AccessScopes _scopes = AccessScopes.ViewProfile | AccessScopes.ViewPurchases;
    private Actor _actor = Actor.Visitor;
    private int _days = UsualDays;
    private int _most;
    private string _words = "";
    private long _shown;
    private Error? _error;
    private (NoticeTone Tone, string Title, string Text)? _said;
    private bool _isAgreed = true;
    private bool _isAsking;
    private bool _busy;

    [Inject] public required AccessQueries Queries { get; init; }

    [Inject] public required AskForAccess Ask { get; init; }

    [Inject] public required GiveUpAccess GiveUp { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AccessText> L { get; init; }

    /// <summary>The client's account.</summary>
    [Parameter, EditorRequired] public required long ClientId { get; set; }

    /// <summary>For the support desk; else for the reader's account.</summary>
    [Parameter] public bool AsStaff { get; set; }

    private bool MayAsk => (AsStaff ? _actor.IsStaff : _isAgreed && _actor is { IsActivePartner: true, MaySell: true }) && !_rows.Any(r => r.State is AccessState.Asked);

    protected override void OnInitialized() => Follow(AccessGrantBook.ChangedSignal, payload => payload == FormattableString.Invariant($"{ClientId}"));

    protected override async Task OnParametersSetAsync()
    {
        if (ClientId != _shown)
        {
            (_shown, _rows, _said, _isAsking, _words, _error) = (ClientId, [], null, false, "", null);
            await LoadAsync();
        }
    }

    protected override async Task LoadAsync()
    {
        var client = ClientId;
        var actor = await Current.GetAsync();
        var rows = await Queries.AskedOfAsync(client, AsStaff, actor, CancellationToken.None);
        var isAgreed = AsStaff || await Queries.MayAskAsync(client, actor, CancellationToken.None);
        var most = (await Settings.GetAsync()).AccessMaxDays;
        // Another line may have been opened while it was looked up.
        if (client == _shown)
        {
            (_actor, _rows, _isAgreed, _most, _days) = (actor, rows, isAgreed, most, Math.Min(_days, most));
            _isAsking &= isAgreed;
        }
    }

    private async Task AskAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await Ask.ExecuteAsync(ClientId, AsStaff, new AccessTerms(_scopes, _days, _words), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _error = result.Error;
        if (result.Ok)
        {
            (_isAsking, _words) = (false, "");
            _said = (NoticeTone.Ok, L["Ask.Sent"], L["Ask.Sent.Text"]);
        }
        else if (result.Error!.Field is null)
        {
            _said = (NoticeTone.Bad, L.Describe(result.Error), "");
        }

        await LoadAsync();
    }

    private async Task GiveUpAsync(AccessRow row)
    {
        var result = await GiveUp.ExecuteAsync(row.Id, await Current.GetAsync(), CancellationToken.None);
        _said = result.Ok ? (NoticeTone.Ok, L[row.State is AccessState.Asked ? "Ask.Withdrawn" : "Ask.GivenUp"], "") : (NoticeTone.Bad, L.Describe(result.Error!), "");
        await LoadAsync();
    }

    private string? ErrorOf(string field) => _error?.Field == field ? L.Describe(_error) : null;

    private string? Invalid(string field) => _error?.Field == field ? "true" : null;
}
