using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Layout;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What the join page shows when nothing stands against it.</summary>
internal enum JoinView
{
    /// <summary>Signed out: who invites.</summary>
    Invite,

    /// <summary>Signed in: Yes or No.</summary>
    Ask,

    Yes,
    No,

    /// <summary>Staff without an account.</summary>
    NoAccount,
}

/// <summary><c>/join/{code}</c>: who asks, and the Yes or No. Static: works without script, and a reload repeats nothing.</summary>
public sealed partial class JoinPage
{
    private const string Agreed = "yes";
    private const string Refused = "no";

    private ProgramSettings _program = new();
    private Actor _actor = Actor.Visitor;
    private JoinOffer? _offer;
    private JoinProblem? _problem;
    private JoinView _view;
    private bool _answersElsewhere;

    [Inject]
    public required JoinQueries Joining { get; init; }

    [Inject]
    public required JoinPartner Join { get; init; }

    [Inject]
    public required RefusePartner Refuse { get; init; }

    [Inject]
    public required ProgramSettingsSource Settings { get; init; }

    [Inject]
    public required TouchSeal Seal { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<JoinText> L { get; init; }

    [CascadingParameter]
    public required HttpContext Context { get; init; }

    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromQuery(Name = "i")]
    public string? Invitation { get; set; }

    /// <summary>What was just answered: "yes" or "no". It shows only what is so.</summary>
    [SupplyParameterFromQuery(Name = "answered")]
    public string? Answered { get; set; }

    [SupplyParameterFromForm(FormName = JoinAsk.FormName, Name = "answer")]
    public string? Answer { get; set; }

    /// <summary>The language in which the wording was read.</summary>
    [SupplyParameterFromForm(FormName = JoinAsk.FormName, Name = "language")]
    public string? ReadIn { get; set; }

    private string? Token => LinkToken.IsWellFormed(Invitation) ? Invitation : null;

    private string Here => PortalUrls.Join(ReferralCode.TryParse(Code, out var code) ? code.Value : Uri.EscapeDataString(ShownCode), Token);

    /// <summary>Enough of what was typed to see the mistake.</summary>
    private string ShownCode => Code.Length > 40 ? Code[..40] + "…" : Code;

    private string Title => L[_view switch
    {
        JoinView.Yes => "Yes.Title",
        JoinView.No => "No.Title",
        JoinView.Ask when _offer!.MadeAccount => "Ask.Made.Title",
        JoinView.Ask => "Ask.Title",
        _ => _offer!.Partner.IsIntegrator ? "Invite.Title" : "Invite.TitleReferrer",
    }, _offer!.Partner.Name, _program.Name];

    private string Summary => _program.About.Length > 0 ? _program.About : L["Invite.Calm", _offer!.Partner.Name];

    private (string Title, string Text) ProblemWords => L.Describe(_problem!, Time);

    protected override async Task OnInitializedAsync()
    {
        _program = await Settings.GetAsync(Context.RequestAborted);
        _actor = await Current.GetAsync(Context.RequestAborted);
        await LoadAsync(Context.RequestAborted);
        _answersElsewhere = HttpMethods.IsPost(Context.Request.Method) && (_offer is null || _view is not JoinView.Ask);
    }

    /// <summary>Sends the browser on, so that a reload answers nothing twice; or shows why it could not be.</summary>
    private async Task AnswerAsync()
    {
        if (!_actor.IsSignedIn)
        {
            Navigation.NavigateTo(PortalUrls.SignInThen(Here));
            return;
        }

        var ct = Context.RequestAborted;
        Error? error;
        switch (Answer)
        {
            case Agreed:
                var touches = Seal.Open(Context.Request.Cookies[TouchSeal.CookieName], _program.CookieWindowDays);
                error = (await Join.ExecuteAsync(new JoinRequest(Code, Token, ReadIn ?? CultureInfo.CurrentUICulture.Name, touches), _actor, ct)).Error;
                break;
            case Refused:
                error = (await Refuse.ExecuteAsync(Code, Token, _actor, ct)).Error;
                break;
            default:
                return;
        }

        if (error is JoinProblem problem and not AlreadyYourPartner)
        {
            (_problem, _offer) = (problem, null);
            return;
        }

        Navigation.NavigateTo(error is NotAllowed ? Here : PortalUrls.WithQuery(Here, ("answered", Answer)));
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var found = await Joining.OfferAsync(Code, _actor, ct);
        if (!found.Ok)
        {
            _problem = found.Error as JoinProblem ?? throw new InvalidOperationException($"Unexpected: {found.Error}");
            return;
        }

        var offer = found.Value;
        _view = ViewOf(offer);
        // What just became so is no problem but the answer's result.
        _problem = _view is JoinView.Yes or JoinView.No ? null : offer.Problem;
        _offer = _problem is null && _view is not JoinView.NoAccount ? offer : null;
    }

    private JoinView ViewOf(JoinOffer offer) => _actor switch
    {
        { IsSignedIn: false } => JoinView.Invite,
        { AccountId: null } => JoinView.NoAccount,
        _ when Answered == Agreed && offer.Problem is AlreadyYourPartner => JoinView.Yes,
        _ when Answered == Refused && offer.RefusedAt is not null => JoinView.No,
        _ => JoinView.Ask,
    };

    /// <summary>At most two; the first is the one that most people want.</summary>
    private IReadOnlyList<(string Href, string Text)> WaysOn(JoinProblem problem) => [.. AllWaysOn(problem).Where(way => _actor.Opens(way.Href)).DistinctBy(way => way.Href)];

    private (string Href, string Text)[] AllWaysOn(JoinProblem problem) => problem switch
    {
        _ when !_actor.IsSignedIn => [(PortalUrls.RegisterAccount, L["Go.RegisterWithout"]), (PortalUrls.SignIn, L["Go.SignIn"])],
        AlreadyYourPartner or SwitchingBySupport or SwitchingLocked or ChangedLately or LeftLately => [(PortalUrls.MyPartner, L["Go.MyPartner"]), (PortalHome.Of(_actor), L["Go.On"])],
        OwnCode => [(PortalUrls.Profile, L["Go.Share"]), (PortalHome.Of(_actor), L["Go.On"])],
        NotAdminOfAccount => [(PortalUrls.Team, L["Go.Team"]), (PortalHome.Of(_actor), L["Go.On"])],
        _ => [(PortalHome.Of(_actor), L["Go.OnWithout"])],
    };
}
