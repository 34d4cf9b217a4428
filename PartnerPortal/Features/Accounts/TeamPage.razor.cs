using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Layout;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>The members of the account, and who is invited into it.</summary>
public sealed partial class TeamPage
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<TeamMember> _members = [];
    private IReadOnlyList<OpenInvitation> _invitations = [];
    private TeamMember? _removing;
    private string _email = "";
    private MemberRole _role = MemberRole.Seller;
    private int _round;
    private bool _busy;
    private string? _wrong;
    private string? _done;
    private string? _next;
    private string? _failed;

    [Inject] public required TeamQueries Queries { get; init; }

    [Inject] public required InviteColleague Invite { get; init; }

    [Inject] public required SendColleagueInvitationAgain SendAgain { get; init; }

    [Inject] public required WithdrawColleagueInvitation Withdraw { get; init; }

    [Inject] public required ChangeMemberRole ChangeRole { get; init; }

    [Inject] public required RemoveMember Remove { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<TeamText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    private bool IsLeaving => _removing?.UserId == _actor.UserId;

    private string RemoveTitle => _removing is { } member ? (IsLeaving ? L["Leave.Title", _actor.AccountName] : L["Remove.Title", member.Name]) : "";

    private string RemoveText => _removing is { } member ? (IsLeaving ? L["Leave.Text", _actor.AccountName] : L["Remove.Text", member.Name, _actor.AccountName]) : "";

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _members = await Queries.MembersAsync(_actor, CancellationToken.None);
        _invitations = await Queries.InvitationsAsync(_actor, CancellationToken.None);
        // A list box that was refused goes back to what is stored.
        _round++;
    }

    private async Task InviteAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _wrong, _done, _failed) = (true, null, null, null);
        try
        {
            var result = await Invite.ExecuteAsync(_email, _role, _actor, CancellationToken.None);
            if (!result.Ok)
            {
                _wrong = Describe(result.Error!);
                return;
            }

            Tell(L["Invited", result.Value], L["Invited.Next"]);
            _email = "";
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SendAgainAsync(OpenInvitation invitation)
    {
        var result = await SendAgain.ExecuteAsync(invitation.Id, _actor, CancellationToken.None);
        await ShowAsync(result.Error, () => Tell(L["SentAgain", invitation.Email], L["SentAgain.Next"]));
    }

    private async Task WithdrawAsync(OpenInvitation invitation)
    {
        var result = await Withdraw.ExecuteAsync(invitation.Id, _actor, CancellationToken.None);
        await ShowAsync(result.Error, () => Tell(L["Withdrawn", invitation.Email], L["Withdrawn.Next"]));
    }

    private async Task ChangeAsync(TeamMember member, ChangeEventArgs e)
    {
        var role = Enum.Parse<MemberRole>(e.Value as string ?? nameof(MemberRole.Seller));
        var result = await ChangeRole.ExecuteAsync(member.MemberId, role, _actor, CancellationToken.None);
        await ShowAsync(result.Error, () => Tell(L["Changed", member.Name, L["Role." + role]], L["Changed.Next"]));
    }

    private async Task RemoveAsync()
    {
        if (_removing is not { } member)
        {
            return;
        }

        var isLeaving = IsLeaving;
        _removing = null;
        var result = await Remove.ExecuteAsync(member.MemberId, _actor, CancellationToken.None);
        if (result.Ok && isLeaving)
        {
            Navigation.NavigateTo(PortalHome.Of(await Current.GetAsync()), forceLoad: true);
            return;
        }

        await ShowAsync(result.Error, () => Tell(L["Removed", member.Name], L["Removed.Next"]));
    }

    private async Task ShowAsync(Error? error, Action tell)
    {
        (_done, _failed) = (null, error is null ? null : Describe(error));
        if (error is null)
        {
            tell();
        }

        await LoadAsync();
    }

    private void Tell(string done, string next) => (_done, _next) = (done, next);

    private string Describe(Error error) => error switch
    {
        ColleagueEmailWrong wrong => Shared.Describe(wrong.Problem),
        ColleagueIsMember member => L["Wrong.IsMember", member.Name],
        ColleagueInvitedAlready => L["Wrong.InvitedAlready"],
        TooManyColleagueInvitations many => L["Wrong.TooMany", many.Limit],
        LastAdminOfAccount => L["Wrong.LastAdmin"],
        NoSuchMember => L["Wrong.NoMember"],
        ColleagueInvitationGone => L["Wrong.Gone"],
        _ => L["Wrong.NotAllowed"],
    };
}
