using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Accounts;

public sealed partial class TeamTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Invite_Accept_MakesAMemberWhoWorksThere(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (firm, colleague, stranger) = (await world.IntegratorAsync("Brightwater"), await world.PersonAsync("Felix Grant"), await world.PersonAsync("Sam Stranger"));

        Assert.True((await InviteAsync(portal, colleague.Email, firm)).Ok);
        var token = await TokenAsync(portal);

        Assert.IsType<ColleagueInvitedAlready>((await InviteAsync(portal, colleague.Email, firm)).Error);
        Assert.IsType<ColleagueIsMember>((await InviteAsync(portal, firm.Email, firm)).Error);
        Assert.IsType<InvitedAnother>((await AnswerAsync(portal, token, true, stranger)).Error);
        Assert.True((await AnswerAsync(portal, token, true, colleague)).Ok);
        Assert.IsType<ColleagueInvitationGone>((await AnswerAsync(portal, token, true, colleague)).Error);
        Assert.Equal(firm.AccountId, await portal.ReadAsync(db => db.Users.Where(u => u.Id == colleague.UserId).Select(u => u.LastAccountId).SingleAsync()));
        var now = await world.AgainAsync(colleague with { AccountId = firm.AccountId });
        Assert.Equal((firm.AccountId, MemberRole.Seller, true), (now.AccountId, now.Role, now.IsPartner));
        Assert.IsType<NotAllowed>((await InviteAsync(portal, "x@example.test", now)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SendAgain_VoidsTheOldLink_AndWithdrawnOrOldOnesDoNotWork(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (firm, colleague, other) = (await world.IntegratorAsync("Brightwater"), await world.PersonAsync("Felix Grant"), await world.IntegratorAsync("Delta"));
        await InviteAsync(portal, colleague.Email, firm);
        var first = await TokenAsync(portal);
        var id = await portal.ReadAsync(db => db.MemberInvitations.Select(i => i.Id).SingleAsync());

        Assert.IsType<ColleagueInvitationGone>((await portal.CallAsync<SendColleagueInvitationAgain, Result<string>>(s => s.ExecuteAsync(id, other, default))).Error);
        Assert.True((await portal.CallAsync<SendColleagueInvitationAgain, Result<string>>(s => s.ExecuteAsync(id, firm, default))).Ok);
        var second = await TokenAsync(portal);
        Assert.NotEqual(first, second);
        Assert.IsType<ColleagueInvitationGone>((await AnswerAsync(portal, first, true, colleague)).Error);
        portal.Clock.Advance(TimeSpan.FromDays(InviteColleague.Days));
        Assert.IsType<ColleagueInvitationGone>((await AnswerAsync(portal, second, true, colleague)).Error);
        Assert.IsType<ColleagueInvitationGone>((await portal.CallAsync<WithdrawColleagueInvitation, Result<Done>>(w => w.ExecuteAsync(id, other, default))).Error);
        Assert.True((await portal.CallAsync<WithdrawColleagueInvitation, Result<Done>>(w => w.ExecuteAsync(id, firm, default))).Ok);
        Assert.Empty(await portal.CallAsync<TeamQueries, IReadOnlyList<OpenInvitation>>(q => q.InvitationsAsync(firm, default)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ChangeAndRemove_LastAdmin_IsProtected(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (firm, colleague) = (await world.IntegratorAsync("Brightwater"), await world.PersonAsync("Felix Grant"));
        await InviteAsync(portal, colleague.Email, firm);
        await AnswerAsync(portal, await TokenAsync(portal), true, colleague);
        var members = await portal.CallAsync<TeamQueries, IReadOnlyList<TeamMember>>(q => q.MembersAsync(firm, default));
        var (admin, seller) = (members.Single(m => m.UserId == firm.UserId), members.Single(m => m.UserId == colleague.UserId));

        Assert.IsType<LastAdminOfAccount>((await ChangeAsync(portal, admin, MemberRole.Finance, firm)).Error);
        Assert.IsType<LastAdminOfAccount>((await RemoveAsync(portal, admin, firm)).Error);
        Assert.True((await ChangeAsync(portal, seller, MemberRole.Admin, firm)).Ok);
        var second = await world.AgainAsync(colleague with { AccountId = firm.AccountId });
        Assert.True((await RemoveAsync(portal, admin, second)).Ok);

        // The founder's only account was the firm's: it has one of its own now.
        var founder = await world.AgainAsync(firm);
        Assert.NotNull(founder.AccountId);
        Assert.NotEqual(firm.AccountId, founder.AccountId);
        Assert.IsType<NotAllowed>((await portal.CallAsync<SwitchAccount, Result<Done>>(s => s.ExecuteAsync(firm.AccountId!.Value, founder, default))).Error);
    }

    [Fact]
    public async Task JoinPage_SignedOut_SaysWhoInvites()
    {
        await using var portal = await TestPortal.StartAsync();
        var firm = await new World(portal).IntegratorAsync("Brightwater");
        await InviteAsync(portal, "felix@example.test", firm);
        using var client = portal.CreateClient();

        var page = await client.GetStringAsync(new Uri(PortalUrls.TeamInvitation(await TokenAsync(portal)), UriKind.Relative));
        var gone = await client.GetStringAsync(new Uri(PortalUrls.TeamInvitation(LinkToken.New()), UriKind.Relative));

        Assert.Contains("Join the team of Brightwater?", page, StringComparison.Ordinal);
        Assert.Contains("This invitation does not work any more", gone, StringComparison.Ordinal);
    }

    private static Task<Result<string>> InviteAsync(TestPortal portal, string email, Actor actor) =>
        portal.CallAsync<InviteColleague, Result<string>>(i => i.ExecuteAsync(email, MemberRole.Seller, actor, default));

    private static Task<Result<string>> AnswerAsync(TestPortal portal, string token, bool accepts, Actor actor) =>
        portal.CallAsync<AcceptColleagueInvitation, Result<string>>(a => a.ExecuteAsync(token, accepts, actor, default));

    private static Task<Result<Done>> ChangeAsync(TestPortal portal, TeamMember member, MemberRole role, Actor actor) =>
        portal.CallAsync<ChangeMemberRole, Result<Done>>(c => c.ExecuteAsync(member.MemberId, role, actor, default));

    private static Task<Result<string>> RemoveAsync(TestPortal portal, TeamMember member, Actor actor) =>
        portal.CallAsync<RemoveMember, Result<string>>(r => r.ExecuteAsync(member.MemberId, actor, default));

    /// <summary>From the newest mail: it stands nowhere else.</summary>
    private static async Task<string> TokenAsync(TestPortal portal)
    {
        var message = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.TeamInvitation).OrderBy(m => m.Id).LastAsync());
        var body = portal.Services.GetRequiredService<Outbox>().Open(message);
        Assert.DoesNotContain("/team/join/", message.Text, StringComparison.Ordinal);
        return Link().Match(body.Text).Groups[1].Value;
    }

    [GeneratedRegex("/team/join/([a-z0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
