using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.MailReports;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

/// <summary>How far an invitation came, who is not asked again, and how many go out on a day.</summary>
public sealed class InvitationTrackingTests
{
    private const string Email = "gone@harbour.example";

    [Theory, OnSqlite, OnPostgres]
    public async Task StopInvitations_ByTheMailsAddress_DeclinesAndKeepsThePartnerFromAskingAgain(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, other) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"));
        var invitation = await InviteAsync(portal, partner);

        Assert.True((await portal.CallAsync<StopInvitations, Result<Done>>(s => s.ExecuteAsync(invitation.Token, true, default))).Ok);
        Assert.True((await portal.CallAsync<StopInvitations, Result<Done>>(s => s.ExecuteAsync(invitation.Token, true, default))).Ok);

        var (state, status) = await StandingAsync(portal, partner);
        Assert.Equal((InvitationState.Declined, ClientStatus.Declined), (state, status));
        Assert.Equal(OutboxState.Cancelled, await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.CauseId == invitation.Id).Select(m => m.State).SingleAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == AuditActions.InvitationsStopped)));
        Assert.Equal([Email], (await AskAsync(portal, partner)).Declined);
        Assert.IsType<AlreadyAnswered>((await portal.CallAsync<SendInvitationAgain, Result<Done>>(async s => await s.ExecuteAsync(await RecordAsync(portal, partner), partner, default))).Error);
        Assert.Equal([Email], (await AskAsync(portal, other)).Sent);
    }

    /// <summary>What is kept outlives the line and the invitation's address, and is not the address.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task StopInvitations_LineAndAddressForgotten_StillHolds(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var invitation = await InviteAsync(portal, partner);
        await portal.CallAsync<StopInvitations, Result<Done>>(s => s.ExecuteAsync(invitation.Token, true, default));
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            (await work.Db.Invitations.SingleAsync()).Forget();
            (await work.Db.ClientRecords.SingleAsync()).Forget();
            work.Audit(Actor.System, AuditActions.AccountChanged, ("test", null));
            await work.CommitAsync(default);
        }

        Assert.Equal([Email], (await AskAsync(portal, partner)).Declined);
        var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Nina", "GONE@harbour.example", null, "DE", "en", null)], partner, default));
        Assert.IsType<ClientSaidNo>(Assert.Single(created.Value[0].Errors));
        Assert.Null(await portal.CallAsync<InvitationStopQueries, InvitationStop?>(q => q.FindAsync(invitation.Token, default)));
        Assert.DoesNotContain("gone", await portal.ReadAsync(db => db.InvitationOptOuts.Select(o => o.AddressHash).SingleAsync()), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StopInvitations_TakenBack_WaitsForAnAnswerAsBefore(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var invitation = await InviteAsync(portal, partner);
        await portal.CallAsync<FollowInvitation, Result<Done>>(f => f.ExecuteAsync(invitation.Token, partner.AccountId!.Value, Actor.Visitor, default));
        await portal.CallAsync<StopInvitations, Result<Done>>(s => s.ExecuteAsync(invitation.Token, true, default));
        portal.Clock.Advance(TimeSpan.FromDays(40));

        await portal.CallAsync<StopInvitations, Result<Done>>(s => s.ExecuteAsync(invitation.Token, false, default));

        Assert.Equal((InvitationState.Followed, ClientStatus.Invited), await StandingAsync(portal, partner));
        Assert.True((await portal.ReadAsync(db => db.Invitations.SingleAsync())).IsOpen(portal.Clock.GetUtcNow().UtcDateTime));
        Assert.Empty(await portal.ReadAsync(db => db.InvitationOptOuts.ToListAsync()));
        Assert.Equal([Email], (await AskAsync(portal, partner)).Sent);
    }

    /// <summary>RFC 8058, as a mailbox provider does it: no cookie, no token of a form.</summary>
    [Fact]
    public async Task OneClick_PostedByAMailProgram_Stops_AndThePageTakesItBack()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var invitation = await InviteAsync(portal, partner);
        var header = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.CauseId == invitation.Id).Select(m => m.UnsubscribeUrl!).SingleAsync());
        using var provider = await SignedIn.ClientAsync(portal, Actor.Visitor);
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        using var answer = await provider.PostAsync(new Uri(new Uri(header).PathAndQuery, UriKind.Relative), form);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal((InvitationState.Declined, ClientStatus.Declined), await StandingAsync(portal, partner));
        var page = await provider.GetStringAsync(new Uri(PortalUrls.StopInvitations(invitation.Token), UriKind.Relative));
        Assert.Contains("Brightwater Systems does not invite you any more", page, StringComparison.Ordinal);
        Assert.Contains("value=\"resume\"", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Provision_BeyondTheDaysNumber_WaitsAndKeepsItsTime(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        await world.ProgramAsync(p => p.InvitationsPerDay = 3);
        var (partner, other) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"));
        await AskAsync(portal, partner, [.. Enumerable.Range(1, 8).Select(i => $"p{i}@harbour.example")]);
        await AskAsync(portal, other, "q1@harbour.example");

        // Two nodes at once, as often as they like.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default)))));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));

        Assert.Equal((3, 1), (await SentAsync(partner), await SentAsync(other)));
        Assert.Equal(new InvitationAllowance(3, 3, 5), await portal.CallAsync<InvitationQueries, InvitationAllowance>(q => q.AllowanceAsync(3, partner, default)));
        portal.Clock.Advance(TimeSpan.FromDays(31));
        await portal.CallAsync<LapseInvitations, int>(l => l.ExecuteAsync(default));
        Assert.Equal(5, await portal.ReadAsync(db => db.Invitations.CountAsync(i => i.State == InvitationState.Queued)));
        Assert.Equal(3, await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default)));
        var fresh = await portal.ReadAsync(db => db.Invitations.Where(i => i.State == InvitationState.Sent).ToListAsync());
        Assert.Equal(3, fresh.Count);
        Assert.All(fresh, i => Assert.True(i.ExpiresAt > portal.Clock.GetUtcNow().UtcDateTime.AddDays(29)));
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default)));
        Assert.Equal(9, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.Invitation)));

        Task<int> SentAsync(Actor of) => portal.ReadAsync(db => db.Invitations.CountAsync(i => i.PartnerId == of.AccountId && i.State == InvitationState.Sent));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Bounce_NotedByHandReportOrServer_ShowsUntilSentAgainOrOpened(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, other) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"));
        var invitation = await InviteAsync(portal, partner);
        var message = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.CauseId == invitation.Id).Select(m => m.MessageId).SingleAsync());

        Assert.IsType<NoSuchInvitation>((await MarkAsync(other, true)).Error);
        Assert.IsType<NotAllowed>((await MarkAsync(partner with { IsPartner = false }, true)).Error);
        Assert.True((await MarkAsync(partner, true)).Ok);
        Assert.Equal(InvitationTrace.Bounced, await TraceAsync());
        Assert.True((await MarkAsync(partner, false)).Ok);
        Assert.Equal(InvitationTrace.None, await TraceAsync());

        Assert.Equal(1, await ReportAsync(new MailReport($"<{message}@fernhill.test>", MailOutcome.Delivered)));
        Assert.Equal(0, await ReportAsync(new MailReport($"<{message}@fernhill.test>", MailOutcome.Delivered), new MailReport("unknown", MailOutcome.Bounced)));
        Assert.Equal(InvitationTrace.Delivered, await TraceAsync());
        Assert.Equal(1, await ReportAsync(new MailReport(message, MailOutcome.Bounced)));
        Assert.Equal(new InvitationFunnel(1, 0, 0, 0, 0, 1), await portal.CallAsync<InvitationQueries, InvitationFunnel>(q => q.FunnelAsync(partner, default)));

        // A new mail: what is told of the old one is not about it.
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await portal.CallAsync<SendInvitationAgain, Result<Done>>(async s => await s.ExecuteAsync(await RecordAsync(portal, partner), partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        Assert.Equal(InvitationTrace.None, await TraceAsync());
        Assert.Equal(0, await ReportAsync(new MailReport(message, MailOutcome.Bounced)));

        // The mail server refuses the new one for good.
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            (await work.Db.OutboxMessages.OrderByDescending(m => m.Id).FirstAsync()).Fail("550 no such mailbox", null);
            work.Audit(Actor.System, AuditActions.AccountChanged, ("test", null));
            await work.CommitAsync(default);
        }

        Assert.Equal(1, await portal.CallAsync<NoteGivenUpMail, int>(n => n.ExecuteAsync(default)));
        Assert.Equal(0, await portal.CallAsync<NoteGivenUpMail, int>(n => n.ExecuteAsync(default)));
        Assert.Equal(InvitationTrace.Bounced, await TraceAsync());
        await portal.CallAsync<FollowInvitation, Result<Done>>(f => f.ExecuteAsync(invitation.Token, partner.AccountId!.Value, Actor.Visitor, default));
        Assert.Equal(InvitationTrace.None, await TraceAsync());

        // Who complains is not asked again.
        Assert.Equal(1, await ReportAsync(new MailReport(message, MailOutcome.Complained)));
        Assert.Equal((InvitationState.Declined, ClientStatus.Declined), await StandingAsync(portal, partner));

        Task<Result<Done>> MarkAsync(Actor actor, bool bounced) => portal.CallAsync<MarkInvitationMail, Result<Done>>(m => m.ExecuteAsync(invitation.Id, bounced, actor, default));
        Task<int> ReportAsync(params MailReport[] reports) => portal.CallAsync<TakeMailReports, int>(t => t.ExecuteAsync(reports, default));
        async Task<InvitationTrace> TraceAsync() =>
            Assert.Single((await portal.CallAsync<InvitationQueries, Page<InvitationRow>>(q => q.PageAsync(InvitationView.All, null, 10, partner, default))).Items).Trace;
    }

    private static async Task<Invitation> InviteAsync(TestPortal portal, Actor partner)
    {
        await AskAsync(portal, partner);
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        return await portal.ReadAsync(db => db.Invitations.SingleAsync(i => i.PartnerId == partner.AccountId));
    }

    private static async Task<InviteOutcome> AskAsync(TestPortal portal, Actor partner, params string[] emails) =>
        (await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(emails.Length == 0 ? [Email] : emails, "en"), partner, default))).Value;

    private static Task<long> RecordAsync(TestPortal portal, Actor partner) => portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Id).SingleAsync());

    private static Task<(InvitationState, ClientStatus)> StandingAsync(TestPortal portal, Actor partner) => portal.ReadAsync(async db =>
        (await db.Invitations.Where(i => i.PartnerId == partner.AccountId).Select(i => i.State).SingleAsync(), await db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Status).SingleAsync()));
}
