using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Clients;

/// <summary>One client's record beside the list: what is known, what may be seen, what happened, and what can be done.</summary>
public sealed partial class ClientSheet
{
    private string _note = "";
    private string _keptNote = "";
    private string _noteState = "";
    private string? _tagError;
    private string? _said;
    private NoticeTone _saidTone;
    private bool _isSending;
    private long _shown;
    private IReadOnlyList<ReceiptData> _receipts = [];
    private IReadOnlyList<ClientMoney> _money = [];

    [Inject] public required ChangeClientNote ChangeNote { get; init; }

    [Inject] public required TagClient Tag { get; init; }

    [Inject] public required UntagClient Untag { get; init; }

    [Inject] public required SendInvitationAgain Again { get; init; }

    [Inject] public required PublicUrl Url { get; init; }

    [Inject] public required ReceiptQueries Receipts { get; init; }

    [Inject] public required ClientMoneyQueries Money { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Parameter, EditorRequired] public required ClientCard Card { get; set; }

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<string> KnownTags { get; set; }

    [Parameter, EditorRequired] public required ClientNeighbours Neighbours { get; set; }

    /// <summary>To the client below (true) or above.</summary>
    [Parameter] public EventCallback<bool> OnWalk { get; set; }

    [Parameter] public EventCallback OnClose { get; set; }

    /// <summary>After something was changed here.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }


    private string NoteState => _note.Trim() == _keptNote.Trim() || _noteState.Length > 0 ? _noteState : L["Note.Unsaved"];

    private static string WalletOf(ClientMoney money) => PortalUrls.WithQuery(
        PortalUrls.Wallet, ("currency", money.Currency), ("client", money.LineId.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private bool MayEdit => Actor is { IsPartner: true, MaySell: true };

    private bool MaySendAgain => Actor is { IsActivePartner: true, MaySell: true } && Card.InvitationToken is not null;

    private string InvitationLink => Url.Of(PortalUrls.Referral(Card.InvitationCode ?? "", Card.InvitationToken));

    private string WhyLittle => Card.Row.Status switch
    {
        ClientStatus.Left => "Left",
        ClientStatus.Active or ClientStatus.NeverSignedIn => "NotAgreed",
        ClientStatus.Declined => "Declined",
        ClientStatus.Invited or ClientStatus.Lapsed => "Invited",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Card.Row.Id != _shown)
        {
            (_receipts, _money) = ([], []);
            (_shown, _note, _keptNote, _noteState, _tagError, _said) = (Card.Row.Id, Card.Note, Card.Note, "", null, null);
        }
        else if (_note == _keptNote && Card.Note != _keptNote)
        {
            // A colleague wrote it meanwhile, and nothing was being typed here.
            (_note, _keptNote) = (Card.Note, Card.Note);
        }

        var id = _shown;
        var receipts = Card.ClientId is { } clientId ? await Receipts.OfClientAsync(clientId, ReceiptAudience.Partner, Actor, CancellationToken.None) : [];
        var money = Card.ClientId is { } buyer ? await Money.OfClientAsync(buyer, Actor, CancellationToken.None) : [];
        // Another line may have been opened while it was looked up.
        (_receipts, _money) = id == _shown ? (receipts, money) : (_receipts, _money);
    }

    /// <summary>What was typed belongs to one client.</summary>
    private static string KeptNote(long id) => $"note-{id}";

    private void TypeNote(string? typed) => (_note, _noteState) = (typed ?? "", "");

    private Task SaveTypedNoteAsync(ChangeEventArgs change)
    {
        TypeNote(change.Value as string);
        return SaveNoteAsync();
    }

    private async Task SaveNoteAsync()
    {
        var (id, note) = (_shown, _note.Trim());
        var result = await ChangeNote.ExecuteAsync(id, note, Actor, CancellationToken.None);
        if (result.Ok)
        {
            await Js.ForgetFormAsync(KeptNote(id));
        }

        if (id != _shown)
        {
            return;
        }

        _noteState = result.Ok ? L["Note.Saved"] : Describe(result.Error);
        _keptNote = result.Ok ? _note : _keptNote;
        await OnChanged.InvokeAsync();
    }

    private async Task TagAsync(string tag)
    {
        var result = await Tag.ExecuteAsync(_shown, tag, Actor, CancellationToken.None);
        _tagError = result.Ok ? null : Describe(result.Error);
        await OnChanged.InvokeAsync();
    }

    private async Task UntagAsync(string tag)
    {
        var result = await Untag.ExecuteAsync(_shown, tag, Actor, CancellationToken.None);
        _tagError = result.Ok ? null : Describe(result.Error);
        await OnChanged.InvokeAsync();
    }

    private async Task SendAgainAsync()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        var result = await Again.ExecuteAsync(_shown, Actor, CancellationToken.None);
        _isSending = false;
        (_said, _saidTone) = result.Ok ? (L["Again.Done"], NoticeTone.Ok) : (Describe(result.Error), NoticeTone.Warn);
        await OnChanged.InvokeAsync();
    }

    private string Describe(Error? error) => error switch
    {
        NoteTooLong e => L["Error.NoteTooLong", e.Limit],
        TagMissing => L["Error.TagMissing"],
        TagTooLong e => L["Error.TagTooLong", e.Limit],
        TooManyTags e => L["Error.TooManyTags", e.Limit],
        SentTooOften e => L["Error.SentTooOften", Time.Local(e.NextAt).ToString("t", System.Globalization.CultureInfo.CurrentCulture)],
        AlreadyAnswered => L["Error.AlreadyAnswered"],
        PartnerIsSuspended => L["Suspended.Text"],
        NoSuchClient => L["Gone.Text"],
        _ => L["Error.NotAllowed"],
    };
}
