using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Reports;

/// <summary>A partner's first page: its link, how it stands, what needs doing, what happened. It follows what happens while it is open.</summary>
public sealed partial class DashboardPage : IDisposable
{
    private Actor _actor = Actor.Visitor;
    private DashboardView? _view;
    private IDisposable? _subscription;
    private bool _inviting;
    private bool _refreshing;
    private bool _isStale;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required DashboardQueries Queries { get; init; }

    [Inject] public required Signals Signals { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<DashboardText> L { get; init; }

    private IEnumerable<(ClientStatus Status, string Name, int Count, string Text)> Tiles =>
    [
        (ClientStatus.Active, L["Tile.Active"], _view!.Of(ClientStatus.Active), L["Tile.ActiveText"]),
        (ClientStatus.Invited, L["Tile.Invited"], _view.Of(ClientStatus.Invited), L["Tile.InvitedText"]),
        (ClientStatus.NeverSignedIn, L["Tile.NeverSignedIn"], _view.Of(ClientStatus.NeverSignedIn), L["Tile.NeverSignedInText"]),
    ];

    private string Sources => _view!.Visits.Total == 0
        ? L["Tile.VisitsNone", DashboardQueries.Days]
        : string.Join(" · ", _view.Visits.Sources.Select(s => $"{NameOf(s.Source)} {s.Count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)}"));

    private IEnumerable<(string Icon, string What, string Why, string Href)> Todo
    {
        get
        {
            if (_view!.Unanswered is > 0 and var unanswered)
            {
                yield return ("invite", L.Counted("Todo.Unanswered", unanswered), L["Todo.UnansweredText"], PortalUrls.InvitationsIn(nameof(InvitationView.Open)));
            }

            if (_view.Of(ClientStatus.NeverSignedIn) is > 0 and var never)
            {
                yield return ("login", L.Counted("Todo.Never", never), L["Todo.NeverText"], PortalUrls.ClientsWith(nameof(ClientStatus.NeverSignedIn)));
            }

            if (_view.Lapsed is > 0 and var lapsed)
            {
                yield return ("clock", L.Counted("Todo.Lapsed", lapsed), L["Todo.LapsedText"], PortalUrls.InvitationsIn(nameof(InvitationView.Expired)));
            }
        }
    }

    public void Dispose() => _subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is { } partnerId && RendererInfo.IsInteractive)
        {
            _subscription = Signals.Subscribe(ClientList.ChannelOf(partnerId), Hear);
        }

        _view = await Queries.ViewAsync(_actor, CancellationToken.None);
    }

    private void Hear(string payload) => _ = InvokeAsync(RefreshAsync);

    /// <summary>Many signals at once lead to one more reading and not to as many.</summary>
    private async Task RefreshAsync()
    {
        _isStale = true;
        if (_refreshing)
        {
            return;
        }

        _refreshing = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                _view = await Queries.ViewAsync(_actor, CancellationToken.None);
                StateHasChanged();
            }
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
        finally
        {
            _refreshing = false;
        }
    }

    private string NameOf(string source) => source switch
    {
        "" => L["Source.Link"],
        ReferralSources.Qr => L["Source.Qr"],
        ReferralSources.Mail => L["Source.Mail"],
        ReferralSources.WhatsApp => "WhatsApp",
        ReferralSources.Telegram => "Telegram",
        _ => source,
    };
}

internal static class ClientNewsIcons
{
    public static string IconName(this ClientEventKind kind) => kind switch
    {
        ClientEventKind.Created => "created",
        ClientEventKind.Invited or ClientEventKind.SentAgain => "invite",
        ClientEventKind.LinkFollowed => "link",
        ClientEventKind.Registered or ClientEventKind.Joined or ClientEventKind.Confirmed or ClientEventKind.MovedHere => "joined",
        ClientEventKind.Declined or ClientEventKind.Withdrawn => "x",
        ClientEventKind.FirstSignedIn => "login",
        ClientEventKind.Left or ClientEventKind.SwitchedAway or ClientEventKind.MovedAway => "logout",
        ClientEventKind.Lapsed => "clock",
        ClientEventKind.SharingStarted => "eye",
        ClientEventKind.SharingEnded => "eye-off",
        ClientEventKind.NoteChanged => "edit",
    };
}
