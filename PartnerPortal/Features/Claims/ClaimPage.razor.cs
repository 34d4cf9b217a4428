using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary><c>/claims/{id}</c>: a claim as its side reads it. The claimant follows it and may withdraw it; the client's partner reads its words and answers.</summary>
public sealed partial class ClaimPage
{
    private readonly List<NewFile> _files = [];
    private ClaimView? _claim;
    private (NoticeTone Tone, string Title, string Text)? _said;
    private DateTime _now;
    private string _words = "";
    private Error? _error;
    private bool _isWithdrawing;
    private bool _busy;

    [Inject] public required ClaimQueries Queries { get; init; }

    [Inject] public required AnswerClaim Answer { get; init; }

    [Inject] public required WithdrawClaim Withdraw { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    [Parameter] public long Id { get; set; }

    /// <summary>"filed" after the form was sent.</summary>
    [SupplyParameterFromQuery(Name = "said")] public string? Said { get; set; }

    /// <summary>What is typed is kept for this claim alone.</summary>
    private string FormName => FormattableString.Invariant($"claim-answer-{Id}");

    private bool IsOther => _claim?.Side is ClaimSide.Other;

    private IEnumerable<(string Icon, string Text, DateTime At)> Steps
    {
        get
        {
            var claim = _claim!;
            (string Icon, string Text, DateTime? At)[] steps = IsOther
                ? [("flag", L["Step.Told"], claim.ToldAt), ("bell", L["Step.Reminded"], claim.RemindedAt), ("reply", L["Step.Answered"], claim.AnsweredAt), ("check", L["Step." + claim.State], claim.ClosedAt)]
                : [("flag", claim.FiledBy.Length > 0 ? L["Step.FiledBy", claim.FiledBy] : L["Step.Filed"], claim.FiledAt), ("eye", L["Step.UnderReview"], claim.ReviewAt), ("check", L["Step." + claim.State], claim.ClosedAt)];
            return steps.Where(s => s.At is not null).Select(s => (s.Icon, s.Text, s.At!.Value)).Reverse();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var own = FormattableString.Invariant($"{(await Current.GetAsync()).AccountId}");
        Follow(ClaimBook.ChangedSignal, payload => payload == own);
        _said = Said == "filed" ? (NoticeTone.Ok, L["Said.Filed"], L["Said.Filed.Text"]) : null;
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        _now = Clock.GetUtcNow().UtcDateTime;
        _claim = await Queries.OneAsync(Id, await Current.GetAsync(), CancellationToken.None);
        if (_claim is null)
        {
            // Neither side's: another's, or none at all.
            Navigation.NotFound();
        }
    }

    private async Task AnswerAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await Answer.ExecuteAsync(Id, new ClaimForm("", _words, _files), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _error = result.Error;
        if (result.Ok)
        {
            await Js.ForgetFormAsync(FormName);
            _said = (NoticeTone.Ok, L["Said.Answered"], L["Said.Answered.Text"]);
            _files.Clear();
            await LoadAsync();
        }
        else if (result.Error is { Field: null })
        {
            _said = (NoticeTone.Bad, L.Describe(result.Error, Time), "");
            await LoadAsync();
        }
    }

    private async Task WithdrawAsync()
    {
        _isWithdrawing = false;
        var result = await Withdraw.ExecuteAsync(Id, await Current.GetAsync(), CancellationToken.None);
        _said = result.Ok ? (NoticeTone.Ok, L["Said.Withdrawn"], L["Said.Withdrawn.Text"]) : (NoticeTone.Bad, L.Describe(result.Error!, Time), "");
        await LoadAsync();
    }

    private string? ErrorOf(string field) => _error?.Field == field ? L.Describe(_error, Time) : null;
}
