using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Email;

public sealed class MailLogTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ListAsync_ManyMessages_PagesBothWaysAndFilters(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var support = await new World(portal).SupportAsync();
        var ids = await portal.QueueAsync(120);
        await portal.QueueAsync(1, "s3c-ret", MailKinds.ResetPassword, "Ängel.Two@EXAMPLE.test");
        await ChangeAsync(portal, ids[7], m => m.Fail("no such mailbox", null));

        var first = await ListAsync(portal, new MailFilter(), null, support);
        var second = await ListAsync(portal, new MailFilter(), first.Next, support);
        var third = await ListAsync(portal, new MailFilter(), second.Next, support);
        var back = await ListAsync(portal, new MailFilter(), second.Previous, support);

        Assert.Equal([50, 50, 21], new[] { first, second, third }.Select(p => p.Items.Count));
        Assert.Equal(121, first.Items.Concat(second.Items).Concat(third.Items).Select(m => m.Id).Distinct().Count());
        Assert.Equal((null, null), (first.Previous, third.Next));
        Assert.Equal(first.Items.Select(m => m.Id), back.Items.Select(m => m.Id));
        Assert.Equal(ids[7], (await ListAsync(portal, new MailFilter(OutboxState.Failed), null, support)).Items.Single().Id);
        Assert.Single((await ListAsync(portal, new MailFilter(Kind: MailKinds.ResetPassword), null, support)).Items);
        Assert.Single((await ListAsync(portal, new MailFilter(Address: " TWO@example "), null, support)).Items);
        Assert.Empty((await ListAsync(portal, new MailFilter(Address: "%"), null, support)).Items);
        var counts = await portal.CallAsync((MailLogQueries q) => q.CountAsync(new MailFilter(OutboxState.Failed), support, default));
        Assert.Equal((120, 1), (counts[OutboxState.Pending], counts[OutboxState.Failed]));
    }

    [Fact]
    public async Task Queries_NotOfTheStaff_SeeAndDoNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater");
        var id = (await portal.QueueAsync(1)).Single();
        await ChangeAsync(portal, id, m => m.Fail("no", null));

        foreach (var actor in new[] { partner, Actor.Visitor })
        {
            Assert.Empty((await ListAsync(portal, new MailFilter(), null, actor)).Items);
            Assert.Empty(await portal.CallAsync((MailLogQueries q) => q.CountAsync(new MailFilter(), actor, default)));
            Assert.Null(await portal.CallAsync((MailLogQueries q) => q.GetAsync(id, actor, default)));
            Assert.IsType<NotAllowed>((await portal.CallAsync((RetryMessage r) => r.ExecuteAsync(id, actor, default))).Error);
            Assert.IsType<NotAllowed>((await portal.CallAsync((ResendMessage r) => r.ExecuteAsync(id, actor, default))).Error);
            Assert.IsType<NotAllowed>((await portal.CallAsync((ResendInvitationMail r) => r.ExecuteAsync(id, actor, default))).Error);
        }

        Assert.Equal(OutboxState.Failed, (await portal.MessageAsync(id)).State);
    }

    [Fact]
    public async Task GetAsync_MessageWithASecret_ShowsItMasked()
    {
        await using var portal = await TestPortal.StartAsync();
        var support = await new World(portal).SupportAsync();
        var id = (await portal.QueueAsync(1, "k7q-m4x-wt9")).Single();

        var mail = await portal.CallAsync((MailLogQueries q) => q.GetAsync(id, support, default));

        Assert.DoesNotContain("k7q", mail!.Text + mail.Html, StringComparison.Ordinal);
        Assert.Contains("••••••", mail.Text, StringComparison.Ordinal);
        Assert.Contains("••••••", System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task RetryMessage_Failed_IsSentFromTheFirstAttemptOnAndAudited(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var support = await new World(portal).SupportAsync();
        var id = (await portal.QueueAsync(1, "k7q-m4x-wt9")).Single();
        Assert.IsType<CannotRetry>((await RetryAsync(portal, id, support)).Error);
        await ChangeAsync(portal, id, m => m.Fail("no such mailbox", null));

        Assert.True((await RetryAsync(portal, id, support)).Ok);
        Assert.Equal(1, await portal.SendAsync());

        var message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Sent, 1), (message.State, message.Attempts));
        var entry = await portal.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Action == AuditActions.MailRetried));
        Assert.Equal((support.UserId, id), (entry.ActorUserId, entry.SubjectId));
        Assert.IsType<CannotRetry>((await RetryAsync(portal, id, support)).Error);
        Assert.IsType<NoSuchMessage>((await RetryAsync(portal, 999, support)).Error);
    }

    [Fact]
    public async Task ResendMessage_WithoutASecret_MakesACopyWithAnIdOfItsOwn()
    {
        await using var portal = await TestPortal.StartAsync();
        var support = await new World(portal).SupportAsync();
        var id = (await portal.QueueAsync(1, kind: MailKinds.ClientJoined)).Single();
        Assert.Equal(SendAgainWay.StillWaiting, Assert.IsType<CannotSendAgain>((await ResendAsync(portal, id, support)).Error).Way);
        await portal.SendAsync();

        var copy = await portal.MessageAsync((await ResendAsync(portal, id, support)).Value);

        var original = await portal.MessageAsync(id);
        Assert.Equal((original.Text, original.Html, original.ToAddress, OutboxState.Pending), (copy.Text, copy.Html, copy.ToAddress, copy.State));
        Assert.NotEqual(original.MessageId, copy.MessageId);
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.MailSentAgain && e.ActorUserId == support.UserId)));
    }

    [Theory]
    [InlineData(MailKinds.ConfirmEmail)]
    [InlineData(MailKinds.ResetPassword)]
    public async Task ResendMessage_ItsLinkWasForItsReaderAlone_SaysWhyNot(string kind)
    {
        await using var portal = await TestPortal.StartAsync();
        var support = await new World(portal).SupportAsync();
        var id = (await portal.QueueAsync(1, "k7q-m4x-wt9", kind)).Single();
        await portal.SendAsync();

        var result = await ResendAsync(portal, id, support);

        Assert.Equal(SendAgainWay.ReaderAsks, Assert.IsType<CannotSendAgain>(result.Error).Way);
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ResendInvitationMail_CredentialsWereSent_NewOnesComeAndTheOldAreVoid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var partner = await world.IntegratorAsync("Brightwater");
        await portal.CallAsync((CreateClients c) => c.ExecuteAsync([new NewClient("Priya Raman", "priya@raman.test", null, "GB", "es", null)], partner, default));
        await portal.CallAsync((ProvisionInvitations p) => p.ExecuteAsync(default));
        var id = await portal.ReadAsync(db => db.OutboxMessages.Select(m => m.Id).SingleAsync());
        Assert.IsType<SentTooOften>((await ResendInvitationAsync(portal, id, support)).Error);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(SendAgainWay.Invitation, Assert.IsType<CannotSendAgain>((await SentThenResendAsync(portal, id, support)).Error).Way);

        Assert.True((await ResendInvitationAsync(portal, id, support)).Ok);
        await portal.CallAsync((ProvisionInvitations p) => p.ExecuteAsync(default));

        Assert.Equal(2, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.AccountReady && m.CauseId != null)));
        Assert.Equal((2, 1), await portal.ReadAsync(async db => (await db.OneTimeCredentials.CountAsync(), await db.OneTimeCredentials.CountAsync(c => c.VoidedAt != null))));
        Assert.Equal(2, await portal.ReadAsync(db => db.Invitations.Select(i => i.Sendings).SingleAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.MailSentAgain && e.ActorUserId == support.UserId)));

        await world.SuspendAsync(partner);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.IsType<PartnerIsSuspended>((await ResendInvitationAsync(portal, id, support)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task RunRetention_OldMailAndVisits_LosesTextAndSourcesAndKeepsCounts(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        await world.ProgramAsync(p => p.RetentionDays = 30);
        var ids = await portal.QueueAsync(3);
        await ChangeAsync(portal, ids[0], m => m.Sent(portal.Clock.Now));
        await ChangeAsync(portal, ids[1], m => m.Cancel());
        var day = DateOnly.FromDateTime(portal.Clock.Now);
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            foreach (var (source, count, at) in new[] { ("", 2, day), ("qr", 3, day), ("mail", 4, day), ("qr", 5, day.AddDays(-1)), ("qr", 6, day.AddDays(40)) })
            {
                work.Db.VisitCounts.Add(new VisitCount { AccountId = support.AccountId!.Value, Day = at, Source = source, Count = count });
            }

            await work.CommitAsync(default);
        }

        portal.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(new RetentionOutcome(0, 1), await RunAsync(portal));
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new RetentionOutcome(2, 2), await RunAsync(portal));
        Assert.Equal(new RetentionOutcome(0, 0), await RunAsync(portal));

        Assert.Equal(["", "", "Hello"], (await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => m.Text).ToListAsync())).Select(t => t.Length == 0 ? "" : t[..5]));
        Assert.Equal([5, 9, 6], await portal.ReadAsync(db => db.VisitCounts.OrderBy(v => v.Day).Select(v => v.Count).ToListAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.VisitCounts.CountAsync(v => v.Source != "")));
        Assert.Equal(2, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.RetentionRun)));
        Assert.Equal(SendAgainWay.Erased, Assert.IsType<CannotSendAgain>((await ResendAsync(portal, ids[0], support)).Error).Way);
        Assert.Equal(1, await portal.SendAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task RunRetention_InvitationsWithoutAYesAndEndedRequests_AreForgottenAndSentNoMore(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var access = new PartnerPortal.Tests.Features.AccessGrants.AccessWorld(portal);
        await access.People.ProgramAsync(p => p.RetentionDays = 30);
        var (partner, client) = await access.PairAsync();
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["never@answered.test"], "en"), partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        await access.RevokeAsync(await access.GrantAsync(partner, client), client);
        portal.Clock.Advance(TimeSpan.FromDays(40));
        await portal.CallAsync<LapseInvitations, int>(l => l.ExecuteAsync(default));
        Assert.Equal((0, 1), ((await RunAsync(portal)) is var first ? (first.Invitations, first.Requests) : default));

        portal.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, (await RunAsync(portal)).Invitations);
        Assert.Equal(0, (await RunAsync(portal)).Invitations);

        var invitation = await portal.ReadAsync(db => db.Invitations.SingleAsync());
        Assert.Equal(("", "", null), (invitation.Email, invitation.NormalizedEmail, invitation.Name));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync(r => r.ClientId == null));
        Assert.Equal((null, null, "N."), (line.Email, line.TypedEmail, line.Name));
        Assert.Equal(("", ""), await portal.ReadAsync(db => db.AccessGrants.Select(g => new ValueTuple<string, string>(g.Reason, g.Answer)).SingleAsync()));
        Assert.False(invitation.SendAgain(portal.Clock.Now, portal.Clock.Now.AddDays(9)));
    }

    private static Task<RetentionOutcome> RunAsync(TestPortal portal) => portal.CallAsync((RunRetention r) => r.ExecuteAsync(default));

    private static Task<Page<MailLine>> ListAsync(TestPortal portal, MailFilter filter, string? cursor, Actor actor) =>
        portal.CallAsync((MailLogQueries q) => q.ListAsync(filter, cursor, actor, default));

    private static Task<Result<Done>> RetryAsync(TestPortal portal, long id, Actor actor) => portal.CallAsync((RetryMessage r) => r.ExecuteAsync(id, actor, default));

    private static Task<Result<long>> ResendAsync(TestPortal portal, long id, Actor actor) => portal.CallAsync((ResendMessage r) => r.ExecuteAsync(id, actor, default));

    private static async Task<Result<long>> SentThenResendAsync(TestPortal portal, long id, Actor actor)
    {
        await portal.SendAsync();
        return await ResendAsync(portal, id, actor);
    }

    private static Task<Result<Done>> ResendInvitationAsync(TestPortal portal, long id, Actor actor) =>
        portal.CallAsync((ResendInvitationMail r) => r.ExecuteAsync(id, actor, default));

    private static async Task ChangeAsync(TestPortal portal, long id, Action<OutboxMessage> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        change(await work.Db.OutboxMessages.SingleAsync(m => m.Id == id));
        await work.CommitAsync(default);
    }
}
