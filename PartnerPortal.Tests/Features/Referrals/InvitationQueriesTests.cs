using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Features.Reports;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

public sealed class InvitationQueriesTests
{
    /// <summary>Invariant 10: an address with an account and one without give the same row, but for what was typed.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_KnownAndUnknownAddress_GiveTheSameRow(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        foreach (var kindOf in new[] { InvitationKind.Created, InvitationKind.Mailed })
        {
            await world.PersonAsync("Known Person", $"known{kindOf}@harbour.example");
            await InviteAsync(portal, partner, kindOf, $"known{kindOf}@harbour.example", $"nobody{kindOf}@harbour.example");
        }

        await AssertAlikeAsync();
        var ids = await portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Id).ToListAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var id in ids)
        {
            Assert.True((await portal.CallAsync<SendInvitationAgain, Result<Done>>(s => s.ExecuteAsync(id, partner, default))).Ok);
        }

        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        await AssertAlikeAsync();
        foreach (var id in await portal.ReadAsync(db => db.Invitations.Select(i => i.Id).ToListAsync()))
        {
            Assert.True((await portal.CallAsync<WithdrawInvitation, Result<Done>>(w => w.ExecuteAsync(id, partner, default))).Ok);
        }

        await portal.CallAsync<LapseInvitations, int>(l => l.ExecuteAsync(default));
        await AssertAlikeAsync();

        async Task AssertAlikeAsync()
        {
            var rows = await PageAsync(portal, partner);
            Assert.Equal(4, rows.Items.Count);
            foreach (var pair in rows.Items.GroupBy(r => r.Kind))
            {
                Assert.Single(pair.Select(r => r with { Id = 0, Name = null, Email = "", Token = "" }).Distinct());
            }

            var news = await portal.CallAsync<ClientSummaryQueries, IReadOnlyList<ClientNews>>(c => c.LatestAsync(100, partner, default));
            Assert.Single(news.GroupBy(n => n.RecordId).Select(n => string.Join(',', n.Select(e => $"{e.Kind}").Where(e => e is not ("Created" or "Invited")))).Distinct());
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AllQueries_WrongPartnerOrNoPartner_SeeNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await InviteAsync(portal, partner, InvitationKind.Mailed, "a@harbour.example", "b@harbour.example");
        var ids = await portal.ReadAsync(db => db.Invitations.Select(i => i.Id).ToListAsync());
        portal.Clock.Advance(TimeSpan.FromDays(8));

        foreach (var stranger in new[] { await world.IntegratorAsync("Other"), await world.PersonAsync("Client"), await world.SupportAsync(), partner with { IsPartner = false }, Actor.Visitor })
        {
            Assert.Empty((await PageAsync(portal, stranger)).Items);
            Assert.Empty(await portal.CallAsync<InvitationQueries, IReadOnlyDictionary<InvitationState, int>>(q => q.CountsAsync(stranger, default)));
            Assert.Equal(new InvitationFunnel(0, 0, 0, 0, 0, 0), await portal.CallAsync<InvitationQueries, InvitationFunnel>(q => q.FunnelAsync(stranger, default)));
            Assert.Empty(await portal.CallAsync<ClientSummaryQueries, IReadOnlyDictionary<long, long>>(q => q.RecordsOfAsync(ids, stranger, default)));
            var view = await portal.CallAsync<DashboardQueries, DashboardView?>(q => q.ViewAsync(portal.Clock.GetUtcNow().UtcDateTime.AddDays(-30), stranger, default));
            Assert.True(view is null or { IsNew: true, Unanswered: 0, Lapsed: 0, News.Count: 0, Visits.Total: 0, Through: (0, 0) });
        }

        var own = await portal.CallAsync<DashboardQueries, DashboardView?>(q => q.ViewAsync(portal.Clock.GetUtcNow().UtcDateTime.AddDays(-30), partner, default));
        Assert.Equal((2, 2, 2), (own!.Of(ClientStatus.Invited), own.Unanswered, own.News.Count));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_ThereAndBack_ShowsEachOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await InviteAsync(portal, partner, InvitationKind.Mailed, [.. Enumerable.Range(1, 7).Select(i => $"p{i}@harbour.example")]);

        var first = await PageAsync(portal, partner, size: 3);
        var second = await PageAsync(portal, partner, first.Next, 3);
        var third = await PageAsync(portal, partner, second.Next, 3);
        var back = await PageAsync(portal, partner, third.Previous, 3);
        var start = await PageAsync(portal, partner, back.Previous, 3);

        Assert.Equal(7, first.Items.Concat(second.Items).Concat(third.Items).Select(i => i.Id).Distinct().Count());
        Assert.Equal((null, null), (first.Previous, third.Next));
        Assert.Equal(second.Items, back.Items);
        Assert.Equal(first.Items, start.Items);
        Assert.Null(start.Previous);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task FunnelAndVisits_Some_AreCounted(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await InviteAsync(portal, partner, InvitationKind.Mailed, "a@harbour.example", "b@harbour.example", "c@harbour.example");
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            (await work.Db.Invitations.OrderBy(i => i.Id).FirstAsync()).Follow(work.Now);
            (await work.Db.Invitations.OrderBy(i => i.Id).LastAsync()).Decline(partner.AccountId!.Value, work.Now);
            work.Audit(Actor.System, AuditActions.InvitationFollowed, ("invitation", 1));
            var today = DateOnly.FromDateTime(work.Now);
            work.Db.VisitCounts.AddRange(
                new VisitCount { AccountId = partner.AccountId.Value, Day = today, Source = "", Count = 4 },
                new VisitCount { AccountId = partner.AccountId.Value, Day = today.AddDays(-29), Source = "qr", Count = 5 },
                new VisitCount { AccountId = partner.AccountId.Value, Day = today.AddDays(-30), Source = "qr", Count = 100 });
            await work.CommitAsync(default);
        }

        Assert.Equal(new InvitationFunnel(3, 2, 0, 0, 1, 0), await portal.CallAsync<InvitationQueries, InvitationFunnel>(q => q.FunnelAsync(partner, default)));
        var visits = await portal.CallAsync<VisitQueries, VisitSummary>(v => v.LastDaysAsync(30, 3, partner, default));
        Assert.Equal(9, visits.Total);
        Assert.Equal([("qr", 5L), ("", 4L)], visits.Sources);
    }

    private static Task<Page<InvitationRow>> PageAsync(TestPortal portal, Actor actor, string? at = null, int size = 50) =>
        portal.CallAsync<InvitationQueries, Page<InvitationRow>>(q => q.PageAsync(InvitationView.All, at, size, actor, default));

    private static async Task InviteAsync(TestPortal portal, Actor partner, InvitationKind kind, params string[] emails)
    {
        if (kind is InvitationKind.Mailed)
        {
            var outcome = await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(emails, "en"), partner, default));
            Assert.Equal(emails.Length, outcome.Value.Sent.Count);
        }
        else
        {
            var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(
                c => c.ExecuteAsync([.. emails.Select(e => new NewClient("Typed Name", e, null, "DE", "en", null))], partner, default));
            Assert.All(created.Value, c => Assert.Empty(c.Errors));
        }

        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
    }
}
