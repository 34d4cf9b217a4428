using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary><c>/support/claims</c>: which claims wait for support, which for an answer, and what was decided.</summary>
public sealed partial class SupportClaimsPage
{
    private ClaimQueue _queue;
    private IReadOnlyDictionary<ClaimQueue, int> _counts = new Dictionary<ClaimQueue, int>();
    private Page<DeskClaimRow>? _page;
    private string? _place;
    private string _typed = "";

    [Inject] public required ClaimDeskQueries Queries { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    /// <summary>A name of <see cref="ClaimQueue"/>; anything else shows what is to decide.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    /// <summary>What is searched for, where the address says so.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Q { get; set; }

    /// <summary>Whatever is typed is looked for in all parts of the queue.</summary>
    private bool IsSearch => _typed.Trim().Length > 0;

    protected override void OnInitialized() => Follow(ClaimBook.ChangedSignal);

    protected override async Task OnParametersSetAsync()
    {
        _queue = Enum.TryParse<ClaimQueue>(State, ignoreCase: true, out var queue) && Enum.IsDefined(queue) ? queue : ClaimQueue.Ready;
        (_place, _typed) = (null, Q ?? "");
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _counts = await Queries.CountsAsync(actor, CancellationToken.None);
        var typed = _typed;
        var page = IsSearch ? await Queries.SearchAsync(typed, _place, actor, CancellationToken.None) : await Queries.PageAsync(_queue, _place, actor, CancellationToken.None);
        _page = typed == _typed ? page : _page;
    }

    private Task SearchAsync(string? typed)
    {
        (_place, _typed) = (null, typed ?? "");
        return LoadAsync();
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private string NameOf(string name) => name.Length > 0 ? name : L["Desk.Closed"];

    private string? Note(DeskClaimRow row) => row switch
    {
        { ClosedAt: { } closed } => L["Row.Closed", Time.Full(closed)].Value,
        { IsOwn: true } => L["Desk.Own"].Value,
        { AnsweredAt: { } answered } => L["Row.Answered", Time.Full(answered)].Value,
        { DueAt: { } due } => L["Row.Due", Time.Full(due)].Value,
        _ => null,
    };
}
