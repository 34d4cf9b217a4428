using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.MailReports;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Referrals;

/// <summary>All invitations of the partner, by state; what has changed shows by itself.</summary>
public sealed partial class InvitationsPage
{
    private Actor _actor = Actor.Visitor;
    private string _code = "";
    private InvitationView _view;
    private string? _place;
    private Page<InvitationRow>? _rows;
    private IReadOnlyDictionary<long, long> _records = new Dictionary<long, long>();
    private IReadOnlyDictionary<InvitationState, int> _counts = new Dictionary<InvitationState, int>();
    private InvitationFunnel _funnel = new(0, 0, 0, 0, 0, 0);
    private InvitationAllowance _allowance = new(0, 0, 0);
    private InvitationRow? _qrOf;
    private InvitationRow? _withdrawing;
    private Told? _notice;
    private bool _inviting;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required AccountQueries Accounts { get; init; }

    [Inject] public required InvitationQueries Invitations { get; init; }

    [Inject] public required ClientSummaryQueries Clients { get; init; }

    [Inject] public required SendInvitationAgain SendAgain { get; init; }

    [Inject] public required WithdrawInvitation Withdraw { get; init; }

    [Inject] public required MarkInvitationMail Mark { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required PublicUrl Urls { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<InvitationsText> L { get; init; }

    /// <summary>A name of <see cref="InvitationView"/>; anything else shows all.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    private bool IsNew => _rows is not null && _counts.Count == 0;

    private IEnumerable<(string Name, int Count, string Share)> Steps =>
    [
        (L["Funnel.Sent"], _funnel.Sent, _funnel.Bounced == 0 ? "" : L.Counted("Funnel.Bounced", _funnel.Bounced)),
        (L["Funnel.Opened"], _funnel.Opened, ShareOf(_funnel.Opened)),
        (L["Funnel.Registered"], _funnel.Registered, ShareOf(_funnel.Registered)),
        (L["Funnel.Accepted"], _funnel.Accepted, ShareOf(_funnel.Accepted)),
        (L["Funnel.Declined"], _funnel.Declined, ShareOf(_funnel.Declined)),
    ];

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is { } partnerId)
        {
            Follow(InvitationQueries.ChannelOf(partnerId));
            Follow(ClientList.ChannelOf(partnerId));
        }

        _code = (await Accounts.OwnAsync(_actor, CancellationToken.None))?.Code ?? "";
    }

    protected override async Task OnParametersSetAsync()
    {
        (_view, _place) = (Enum.TryParse<InvitationView>(State, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : InvitationView.All, null);
        await LoadAsync();
    }

    private static string AddressOf(InvitationView view) => view is InvitationView.All ? PortalUrls.Invitations : PortalUrls.InvitationsIn(view.ToString());

    private int CountOf(InvitationView view) => view switch
    {
        InvitationView.All => _counts.Values.Sum(),
        InvitationView.Open => Of(InvitationState.Queued) + Of(InvitationState.Sent) + Of(InvitationState.Followed),
        InvitationView.Sent => Of(InvitationState.Queued) + Of(InvitationState.Sent),
        InvitationView.Opened => Of(InvitationState.Followed),
        InvitationView.Bounced => _funnel.Bounced,
        InvitationView.Accepted => Of(InvitationState.Accepted),
        InvitationView.Declined => Of(InvitationState.Declined),
        InvitationView.Expired => Of(InvitationState.Expired),
        InvitationView.Withdrawn => Of(InvitationState.Withdrawn),
    };

    private int Of(InvitationState state) => _counts.GetValueOrDefault(state);

    private string ShareOf(int count) => _funnel.Sent == 0 ? "" : L["Funnel.Share", (count / (double)_funnel.Sent).ToString("P0", CultureInfo.CurrentCulture)];

    private long? RecordOf(InvitationRow row) => _records.TryGetValue(row.Id, out var record) ? record : null;

    protected override async Task LoadAsync()
    {
        _counts = await Invitations.CountsAsync(_actor, CancellationToken.None);
        _funnel = await Invitations.FunnelAsync(_actor, CancellationToken.None);
        _allowance = await Invitations.AllowanceAsync((await Settings.GetAsync()).InvitationsPerDay, _actor, CancellationToken.None);
        var rows = await Invitations.PageAsync(_view, _place, InvitationQueries.PageSize, _actor, CancellationToken.None);
        _records = await Clients.RecordsOfAsync([.. rows.Items.Select(r => r.Id)], _actor, CancellationToken.None);
        _rows = rows;
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private async Task SendAgainAsync(InvitationRow row)
    {
        if (RecordOf(row) is not { } record)
        {
            _notice = Explain(new AlreadyAnswered());
            return;
        }

        var result = await SendAgain.ExecuteAsync(record, await Current.GetAsync(), CancellationToken.None);
        _notice = result.Ok ? new Told(NoticeTone.Ok, L["Again.Done"], L["Again.DoneText", row.Name ?? row.Email]) : Explain(result.Error!);
        await RefreshAsync();
    }

    private async Task MarkAsync(InvitationRow row)
    {
        var bounced = row.Trace is not InvitationTrace.Bounced;
        var result = await Mark.ExecuteAsync(row.Id, bounced, await Current.GetAsync(), CancellationToken.None);
        _notice = result.Ok ? new Told(NoticeTone.Ok, L[bounced ? "Bounced.Done" : "Arrived.Done"], L[bounced ? "Bounced.DoneText" : "Arrived.DoneText", row.Name ?? row.Email]) : Explain(result.Error!);
        await RefreshAsync();
    }

    private string LinkOf(InvitationRow row) => QrCode.LinkOf(Urls, _code, row.Token);

    private async Task WithdrawAsync()
    {
        if (_withdrawing is not { } row || _busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Withdraw.ExecuteAsync(row.Id, await Current.GetAsync(), CancellationToken.None);
            _notice = result.Ok ? new Told(NoticeTone.Ok, L["Withdraw.Done"], L["Withdraw.DoneText", row.Name ?? row.Email]) : Explain(result.Error!);
        }
        finally
        {
            (_busy, _withdrawing) = (false, null);
        }

        await RefreshAsync();
    }

    private Told Explain(Error error) => error switch
    {
        AlreadyAnswered or NoSuchInvitation => new Told(NoticeTone.Info, L["Again.Answered"], L["Again.AnsweredText"]),
        SentTooOften often => new Told(NoticeTone.Warn, L["Again.TooOften"], L["Again.TooOftenText", Time.Local(often.NextAt).ToString("t", CultureInfo.CurrentCulture)]),
        PartnerIsSuspended => new Told(NoticeTone.Warn, L["Invite.Suspended"], L["Invite.SuspendedText"]),
        NotAllowed or NoSuchClient => new Told(NoticeTone.Bad, L["NotAllowed"], L["NotAllowed.Text"]),
        _ => throw new InvalidOperationException($"The page does not know {error}."),
    };

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}
