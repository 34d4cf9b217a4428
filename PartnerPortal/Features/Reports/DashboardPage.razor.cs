using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Reports;

/// <summary>A partner's first page: its link, how it stands, what needs doing, what happened. It follows what happens while it is open.</summary>
public sealed partial class DashboardPage
{
    private Actor _actor = Actor.Visitor;
    private DashboardView? _view;
    private TaskCounts _tasks = new(0, 0);
    private bool _inviting;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required DashboardQueries Queries { get; init; }

    [Inject] public required TaskQueries Tasks { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IStringLocalizer<DashboardText> L { get; init; }

    private IEnumerable<(ClientStatus Status, string Name, int Count, string Text)> Tiles =>
    [
        (ClientStatus.Active, L["Tile.Active"], _view!.Of(ClientStatus.Active), L["Tile.ActiveText"]),
        (ClientStatus.Invited, L["Tile.Invited"], _view.Of(ClientStatus.Invited), L["Tile.InvitedText"]),
        (ClientStatus.NeverSignedIn, L["Tile.NeverSignedIn"], _view.Of(ClientStatus.NeverSignedIn), L["Tile.NeverSignedInText"]),
    ];

    private DateOnly FirstDay => DateOnly.FromDateTime(Time.Local(Clock.GetUtcNow().UtcDateTime)).AddDays(1 - DashboardQueries.Days);

    /// <summary>The steps after the visit; behind the last there is no list.</summary>
    private IEnumerable<(string Name, int Count, string Note, string? Href)> Steps
    {
        get
        {
            var through = ClientSummaryQueries.Through(null);
            var list = new ClientView { Statuses = [.. through.Statuses!], CameBy = [.. through.CameBy!], From = FirstDay };
            var (clients, active) = _view!.Through;
            yield return (L["Funnel.Clients"], clients, Share(clients, _view.Visits.Total) is { } visits ? L["Funnel.OfVisits", visits] : "", list.Address(PortalUrls.Clients));
            yield return (L["Funnel.Active"], active, Share(active, clients) is { } came ? L["Funnel.OfClients", came] : "", (list with { Statuses = [ClientStatus.Active] }).Address(PortalUrls.Clients));
            yield return (L["Funnel.Bought"], _view.Buyers, Share(_view.Buyers, clients) is { } bought ? L["Funnel.OfClients", bought] : "", null);
        }
    }

    private IEnumerable<(string Icon, string What, string Why, string Href)> Todo
    {
        get
        {
            if (_tasks.Open > 0)
            {
                yield return ("check", L.Counted("Todo.Tasks", _tasks.Open), _tasks.Overdue > 0 ? L.Counted("Todo.Overdue", _tasks.Overdue) : L["Todo.TasksText"], PortalUrls.Tasks);
            }

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

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is { } partnerId)
        {
            Follow(ClientList.ChannelOf(partnerId));
            Follow(TaskBook.ChannelOf(partnerId));
        }

        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _tasks = await Tasks.CountAsync(forStaff: false, Clock.GetUtcNow().UtcDateTime, _actor, CancellationToken.None);
        _view = await Queries.ViewAsync(Time.StartOfDay(FirstDay), _actor, CancellationToken.None);
    }

    /// <summary>Null where nothing sensible can be said: a typed code needs no visit.</summary>
    private static string? Share(int count, long of) => of >= count && of > 0 ? (count / (double)of).ToString("P0", CultureInfo.CurrentCulture) : null;

    /// <summary>A bar's length in percent of the longest.</summary>
    private string Length(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"inline-size: {100 * count / Math.Max(1, Math.Max(_view!.Visits.Total, _view.Through.Clients))}%");

    private static string Figure(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

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
        ClientEventKind.Registered or ClientEventKind.Joined or ClientEventKind.Confirmed or ClientEventKind.MovedHere or ClientEventKind.Returned => "joined",
        ClientEventKind.Declined or ClientEventKind.Withdrawn => "x",
        ClientEventKind.FirstSignedIn => "login",
        ClientEventKind.Left or ClientEventKind.SwitchedAway or ClientEventKind.MovedAway => "logout",
        ClientEventKind.Lapsed => "clock",
        ClientEventKind.SharingStarted => "eye",
        ClientEventKind.SharingEnded => "eye-off",
        ClientEventKind.NoteChanged => "edit",
    };
}
