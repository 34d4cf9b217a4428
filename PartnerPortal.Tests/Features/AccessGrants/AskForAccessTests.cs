using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.AccessGrants;

/// <summary>Asking, answering, and what ends it.</summary>
public sealed class AskForAccessTests
{
    private const AccessScopes Reading = AccessScopes.ViewProfile | AccessScopes.ViewPurchases;

    [Fact]
    public async Task Ask_AccountThatIsNotItsClient_IsRefusedAlike()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, gone) = await world.PairAsync();
        var (_, others) = await world.PairAsync("Delta Punkt", "Otto Others");
        var alone = await world.People.PersonAsync("Al One");
        Assert.True((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(gone, default))).Ok);

        var errors = new List<Error?>();
        foreach (var id in new[] { others.AccountId!.Value, alone.AccountId!.Value, gone.AccountId!.Value, partner.AccountId!.Value, 999_999 })
        {
            errors.Add((await world.AskAsync(partner, id)).Error);
        }

        Assert.All(errors, e => Assert.Equal(new NotAllowed(), e));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.AccessAsked)));
        Assert.Equal(0, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AccessAsked)));
    }

    [Fact]
    public async Task Ask_OutsideTheLimits_SaysWhich()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var finance = await world.People.ColleagueAsync(partner, "Fiona Finance", MemberRole.Finance);
        var id = client.AccountId!.Value;
        await world.People.ProgramAsync(p => p.AccessMaxDays = 10);

        Assert.IsType<AccessScopesWrong>((await world.AskAsync(partner, id, AccessScopes.None)).Error);
        Assert.IsType<AccessScopesWrong>((await world.AskAsync(partner, id, AccessScopes.Support)).Error);
        Assert.Equal(new AccessDaysWrong(10), (await world.AskAsync(partner, id, days: 11)).Error);
        Assert.IsType<AccessReasonMissing>((await world.AskAsync(partner, id, why: " ")).Error);
        Assert.IsType<NotAllowed>((await world.AskAsync(finance, id)).Error);
        Assert.IsType<NotAllowed>((await world.AskAsync(partner, id, asStaff: true)).Error);
        for (var i = 0; i < AskForAccess.MostADay; i++)
        {
            var asked = await world.AskAsync(partner, id);
            Assert.IsType<AccessAskedAlready>((await world.AskAsync(partner, id)).Error);
            Assert.True((await portal.CallAsync<GiveUpAccess, Result<Done>>(g => g.ExecuteAsync(asked.Value, partner, default))).Ok);
        }

        Assert.IsType<AccessAskedTooOften>((await world.AskAsync(partner, id)).Error);
        portal.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.True((await world.AskAsync(partner, id)).Ok);
    }

    [Fact]
    public async Task Approve_Narrower_RunsWithThatAndTellsBothInTheirLanguage()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync(language: "es");
        var asked = (await world.AskAsync(partner, client.AccountId!.Value, days: 7)).Value;

        Assert.IsType<AccessScopesWrong>((await world.ApproveAsync(asked, client, AccessScopes.None)).Error);
        Assert.IsType<AccessScopesWrong>((await world.ApproveAsync(asked, client, AccessScopes.Support)).Error);
        Assert.Equal(new AccessDaysWrong(7), (await world.ApproveAsync(asked, client, Reading, days: 8)).Error);
        Assert.Null((await world.ApproveAsync(asked, client, AccessScopes.EditProfile, days: 2, words: "solo esta semana")).Error);

        var grant = await portal.ReadAsync(db => db.AccessGrants.SingleAsync());
        Assert.Equal((AccessState.Running, AccessScopes.EditProfile | AccessScopes.ViewProfile, 2), (grant.State, grant.Scopes, grant.Days));
        Assert.Equal(portal.Clock.Now.AddDays(2), grant.EndsAt);
        var mails = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.AccessAsked || m.Kind == MailKinds.AccessAnswered).OrderBy(m => m.Id).ToListAsync());
        Assert.Equal([(client.Email, "Nordwind pide acceso a tu cuenta"), (partner.Email, "Clara Client gave you access")], mails.Select(m => (m.ToAddress, m.Subject)));
        Assert.Contains("solo esta semana", mails[1].Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Approve_ManyAtOnce_IsOneAnswer(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var asked = (await world.AskAsync(partner, client.AccountId!.Value)).Value;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => n % 2 == 0
            ? world.ApproveAsync(asked, client)
            : portal.CallAsync<RefuseAccess, Result<Done>>(r => r.ExecuteAsync(asked, "", client, default)))));

        Assert.Single(answers, a => a.Ok);
        Assert.All(answers.Where(a => !a.Ok), a => Assert.IsType<AccessAnswered>(a.Error));
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.AccessAnswered)));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AccessApproved || e.Action == AuditActions.AccessRefused)));
    }

    [Fact]
    public async Task Approve_AnybodyButAnAdminOfTheClient_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var asked = (await world.AskAsync(partner, client.AccountId!.Value)).Value;
        var finance = await world.People.ColleagueAsync(client, "Fiona Finance", MemberRole.Finance);
        var support = await world.People.SupportAsync();
        // Two who belong to both sides: who asked, and a colleague of it.
        var both = await world.People.ColleagueAsync(client, "Bo Both", MemberRole.Admin);
        await JoinTeamAsync(portal, partner, both, MemberRole.Finance);
        await JoinTeamAsync(portal, client, partner, MemberRole.Admin);
        var asker = partner with { AccountId = client.AccountId, Role = MemberRole.Admin };

        foreach (var stranger in new[] { partner, finance, support, support with { IsOwner = true }, Actor.Visitor, Actor.System })
        {
            Assert.IsType<NotAllowed>((await world.ApproveAsync(asked, stranger)).Error);
        }

        Assert.IsType<AccessOwnRequest>((await world.ApproveAsync(asked, both)).Error);
        Assert.IsType<AccessOwnRequest>((await world.ApproveAsync(asked, asker)).Error);
        Assert.Null((await world.ApproveAsync(asked, client)).Error);
        Assert.IsType<OwnAccountInvolved>((await portal.CallAsync<StartActing, Result<long>>(s => s.ExecuteAsync(asked, partner, default))).Error);
    }

    [Fact]
    public async Task Support_AsksTheClientTooAndOnlyReads()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (_, client) = await world.PairAsync();
        var support = await world.People.SupportAsync();

        var asked = (await world.AskAsync(support, client.AccountId!.Value, AskForAccess.OfPartners, asStaff: true)).Value;
        Assert.IsType<AccessAnswered>((await portal.CallAsync<StartActing, Result<long>>(s => s.ExecuteAsync(asked, support, default))).Error);
        Assert.Null((await world.ApproveAsync(asked, client, AccessScopes.Support, days: 1)).Error);
        var acting = await world.ActAsync(asked, support);

        Assert.Equal((client.AccountId, client.AccountId, null, null), (acting.SeesProfileOf, acting.SeesPurchasesOf, acting.ChangesProfileOf, acting.OrdersFor));
        Assert.False(acting.IsStaff);
        Assert.IsType<OwnAccountInvolved>((await world.AskAsync(support, support.AccountId!.Value, asStaff: true)).Error);
    }

    [Theory]
    [InlineData("leave")]
    [InlineData("reassign")]
    [InlineData("stop-sharing")]
    [InlineData("stop-requests")]
    [InlineData("close")]
    public async Task Parting_EndsWhatRunsAndWhatIsAsked(string how)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var grant = await world.GrantAsync(partner, client);
        Assert.True((await world.AskAsync(partner, client.AccountId!.Value)).Ok);
        var session = await world.StartAsync(grant, partner);

        await (how switch
        {
            "leave" => portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default)),
            "stop-sharing" => portal.CallAsync<StopSharing, Result<Done>>(l => l.ExecuteAsync(client, default)),
            "stop-requests" => portal.CallAsync<StopRequests, Result<Done>>(l => l.ExecuteAsync(client, default)),
            "close" => portal.CallAsync<CloseAccount, Result<Done>>(l => l.ExecuteAsync(client, default)),
            _ => ReassignAsync(),
        });

        var grants = await portal.ReadAsync(db => db.AccessGrants.ToListAsync());
        var ended = how.StartsWith("stop", StringComparison.Ordinal) ? AccessState.Revoked : AccessState.Parted;
        Assert.All(grants, g => Assert.Equal((ended, portal.Clock.Now), (g.State, g.ClosedAt)));
        Assert.True((await world.AgainAsync(partner, session)).HasLostAccess);

        async Task<Result<Done>> ReassignAsync()
        {
            var (to, support) = (await world.People.IntegratorAsync("Delta Punkt"), await world.People.SupportAsync());
            var moved = await portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], to.AccountId!.Value, "as tested"), support, default));
            return moved.Ok ? Done.Value : moved.Error!;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Tend_RemindsOnceADayBeforeAndEndsByItself(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var session = await world.StartAsync(await world.GrantAsync(partner, client, days: 7), partner);
        var (second, other) = await world.PairAsync("Delta Punkt", "Otto Others");
        Assert.True((await world.AskAsync(second, other.AccountId!.Value)).Ok);

        portal.Clock.Advance(TimeSpan.FromDays(5.9));
        Assert.Equal(0, await TendAsync());
        portal.Clock.Advance(TimeSpan.FromDays(0.2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(TendAsync)));
        Assert.Equal([client.Email, partner.Email], await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.AccessEnds).OrderBy(m => m.Id).Select(m => m.ToAddress).ToListAsync()));
        Assert.NotNull((await world.AgainAsync(partner, session)).Acting);

        portal.Clock.Advance(TimeSpan.FromDays(0.9));
        // By the clock, before anybody noted it.
        Assert.True((await world.AgainAsync(partner, session)).HasLostAccess);
        Assert.Equal(1, await TendAsync());
        portal.Clock.Advance(TimeSpan.FromDays(AccessGrant.AnswerDays - 7));
        Assert.Equal(1, await TendAsync());

        Assert.Equal([AccessState.Expired, AccessState.Lapsed], await portal.ReadAsync(db => db.AccessGrants.OrderBy(g => g.Id).Select(g => g.State).ToListAsync()));

        Task<int> TendAsync() => portal.CallAsync<TendAccess, int>(t => t.ExecuteAsync(default));
    }

    [Fact]
    public async Task Ask_WhileItRuns_TakesItsPlaceOnceApproved()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new AccessWorld(portal);
        var (partner, client) = await world.PairAsync();
        var first = await world.StartAsync(await world.GrantAsync(partner, client, Reading), partner);

        var second = await world.GrantAsync(partner, client, days: 3);

        Assert.Equal([AccessState.Replaced, AccessState.Running], await portal.ReadAsync(db => db.AccessGrants.OrderBy(g => g.Id).Select(g => g.State).ToListAsync()));
        Assert.True((await world.AgainAsync(partner, first)).HasLostAccess);
        Assert.Null((await world.RevokeAsync(second, client)).Error);
        Assert.IsType<AccessAnswered>((await world.RevokeAsync(second, client)).Error);
    }

    private static async Task JoinTeamAsync(TestPortal portal, Actor of, Actor person, MemberRole role)
    {
        await using var work = await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<PartnerPortal.Data.PortalDb>(portal.Services).BeginAsync();
        work.Db.Members.Add(new Member(of.AccountId!.Value, person.UserId!.Value, role, work.Now));
        work.Audit(of, AuditActions.MemberJoined, ("user", person.UserId), of.AccountId);
        await work.CommitAsync(default);
    }
}
