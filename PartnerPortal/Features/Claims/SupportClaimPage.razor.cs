using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary><c>/support/claims/{id}</c>: both sides' words and files, the receipt in force and what happened; support says who is meant, and decides.</summary>
public sealed partial class SupportClaimPage
{
    private DeskClaim? _claim;
    private ReceiptData? _receipt;
    private (NoticeTone Tone, string Title, string Text)? _said;
    private DateTime _now;
    private string _typed = "";
    private string _reason = "";
    private Error? _error;
    private bool _isLoaded;
    private bool _isMoving;
    private bool _busy;

    [Inject] public required ClaimDeskQueries Queries { get; init; }

    [Inject] public required ReceiptQueries Receipts { get; init; }

    [Inject] public required NameClaimedClient Name { get; init; }

    [Inject] public required AskPresentPartner Ask { get; init; }

    [Inject] public required DecideClaim Decide { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AuditText> Audit { get; init; }

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    [Parameter] public long Id { get; set; }

    protected override void OnInitialized() => Follow(ClaimBook.ChangedSignal);

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _now = Clock.GetUtcNow().UtcDateTime;
        _claim = await Queries.OneAsync(Id, actor, CancellationToken.None);
        _receipt = _claim?.Row is { ClientId: { } client, IsOwn: false }
            ? (await Receipts.OfClientAsync(client, ReceiptAudience.Support, actor, CancellationToken.None)).FirstOrDefault(r => r.EndedAt is null)
            : null;
        _isLoaded = true;
    }

    private async Task NameAsync(string client) => await TellAsync((await Name.ExecuteAsync(Id, client, await Current.GetAsync(), CancellationToken.None)).Error, "Named");

    private async Task AskAsync() => await TellAsync((await Ask.ExecuteAsync(Id, await Current.GetAsync(), CancellationToken.None)).Error, "Asked");

    private void BeginToMove()
    {
        // What is missing is said before anything is to be confirmed.
        _error = _claim!.Row switch
        {
            { ClientId: null } => new ClaimNamesNobody(),
            { AnsweredAt: null, DueAt: { } due } when due > _now => new ClaimWaits(due),
            _ when _reason.Trim().Length == 0 => new ReasonMissing(),
            _ => null,
        };
        _isMoving = _error is null;
        _said = _error is { Field: null } ? (NoticeTone.Bad, L.Describe(_error, Time), "") : null;
    }

    private async Task DecideAsync(bool moves)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _isMoving) = (true, false);
        var result = await Decide.ExecuteAsync(Id, new ClaimDecision(moves, _reason), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        await TellAsync(result.Error, moves ? "Moved" : "Closed");
    }

    private async Task TellAsync(Error? error, string done)
    {
        _error = error;
        _said = error switch
        {
            null => (NoticeTone.Ok, L["Done." + done], L[$"Done.{done}.Text"]),
            { Field: null } => (NoticeTone.Bad, L.Describe(error, Time), ""),
            TargetIsNoPartner or TargetTakesNoClients => (NoticeTone.Bad, L.Describe(error, Time), ""),
            _ => null,
        };
        await LoadAsync();
    }

    private List<ClaimFileRow> FilesOf(ClaimSide side) => [.. _claim!.Files.Where(f => f.Side == side)];

    private string NameOf(string name) => name.Length > 0 ? name : L["Desk.Closed"];

    private static string NumberOf(ClaimedClient client) => (client.Id + AccountNumber.Offset).ToString(CultureInfo.InvariantCulture);

    private string? ErrorOf(string field) => _error?.Field == field ? L.Describe(_error, Time) : null;
}
