using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Layout;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>What the link in a colleague's mail opens: who invites, and Yes or No for the one who is meant. Works without script.</summary>
public sealed partial class JoinTeamPage
{
    private Actor _actor = Actor.Visitor;
    private InvitationToTeam? _invitation;
    private string? _wrong;
    private bool _declined;

    [Parameter] public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "join-team")] public string? Answer { get; set; }

    [Inject] public required TeamQueries Queries { get; init; }

    [Inject] public required AcceptColleagueInvitation Accept { get; init; }

    [Inject] public required SignInAgain SignIn { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<TeamText> L { get; init; }

    private string Here => PortalUrls.TeamInvitation(Token);

    private string SignInHref => PortalUrls.SignInThen(Here);

    private string RegisterHref => PortalUrls.WithQuery(PortalUrls.RegisterAccount, ("returnUrl", Here));

    private string Inviter => _invitation is { InvitedBy.Length: > 0 } invitation ? invitation.InvitedBy : L["Join.Somebody"];

    private bool IsInvited => EmailAddress.TryParse(_actor.Email, out var own, out _) && EmailAddress.TryParse(_invitation?.Email, out var invited, out _) && own.Equals(invited);

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        _invitation = await Queries.ByTokenAsync(Token, CancellationToken.None);
    }

    private async Task AnswerAsync()
    {
        if (Answer is not ("yes" or "no"))
        {
            return;
        }

        var result = await Accept.ExecuteAsync(Token, Answer == "yes", _actor, CancellationToken.None);
        switch (result.Error)
        {
            case null when Answer == "yes":
                var actor = await SignIn.ExecuteAsync(_actor.UserId!.Value, CancellationToken.None);
                Navigation.NavigateTo(PortalHome.Of(actor));
                break;
            case null:
                _declined = true;
                break;
            case ColleagueInvitationGone:
                _invitation = null;
                break;
            case AlreadyMember already:
                _wrong = L["Join.AlreadyMember", already.AccountName];
                break;
            default:
                _wrong = L["Join.WrongAddress", _actor.Email, _invitation?.Email ?? ""];
                break;
        }
    }
}
