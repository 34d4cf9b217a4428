using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class WithdrawInvitationTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_CreatedAndUnclaimed_LapsesLineAccountCredentialsAndMail(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var id = await CreateAsync(portal, partner, "lena@harbour.example");

        var result = await WithdrawAsync(portal, id, partner);
        await portal.CallAsync<LapseInvitations, int>(l => l.ExecuteAsync(default));

        Assert.True(result.Ok, result.Error?.ToString());
        Assert.Equal(InvitationState.Withdrawn, await portal.ReadAsync(db => db.Invitations.Select(i => i.State).SingleAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.Include(r => r.Events).SingleAsync());
        Assert.Equal((ClientStatus.Lapsed, ClientEventKind.Withdrawn), (line.Status, line.Events.OrderBy(e => e.Id).Last().Kind));
        Assert.Equal(AccountState.Lapsed, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id != partner.AccountId).Select(a => a.State).SingleAsync()));
        Assert.Equal(0, await portal.ReadAsync(db => db.OneTimeCredentials.CountAsync(c => c.VoidedAt == null)));
        var mail = await portal.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((OutboxState.Cancelled, null), (mail.State, mail.SealedBody));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.InvitationWithdrawn && e.ActorUserId == partner.UserId)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Queued_IsNeverSent(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var id = await CreateAsync(portal, partner, "lena@harbour.example", provision: false);

        await WithdrawAsync(portal, id, partner);

        Assert.Equal(0, await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default)));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NotOwnOrAnsweredOrNoRight_ChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Other Partner");
        var finance = partner with { Role = MemberRole.Finance };
        var id = await CreateAsync(portal, partner, "lena@harbour.example");

        Assert.IsType<NoSuchInvitation>((await WithdrawAsync(portal, id, other)).Error);
        Assert.IsType<NotAllowed>((await WithdrawAsync(portal, id, finance)).Error);
        Assert.Equal(InvitationState.Sent, await portal.ReadAsync(db => db.Invitations.Select(i => i.State).SingleAsync()));
        Assert.True((await WithdrawAsync(portal, id, partner)).Ok);
        Assert.IsType<AlreadyAnswered>((await WithdrawAsync(portal, id, partner)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task InviteByEmail_AfterWithdrawal_MakesANewInvitationOnTheSameLine(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await WithdrawAsync(portal, await CreateAsync(portal, partner, "lena@harbour.example"), partner);

        var again = await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["Lena@harbour.example"], "en"), partner, default));

        Assert.Equal(["Lena@harbour.example"], again.Value.Sent);
        Assert.Equal([InvitationState.Withdrawn, InvitationState.Queued], await portal.ReadAsync(db => db.Invitations.OrderBy(i => i.Id).Select(i => i.State).ToListAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.Include(r => r.Invitation).SingleAsync());
        Assert.Equal((ClientStatus.Invited, InvitationState.Queued), (line.Status, line.Invitation!.State));
    }

    private static async Task<long> CreateAsync(TestPortal portal, Actor partner, string email, bool provision = true)
    {
        var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Lena Harbour", email, null, "DE", "en", null)], partner, default));
        Assert.Empty(created.Value[0].Errors);
        if (provision)
        {
            await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        }

        return await portal.ReadAsync(db => db.Invitations.OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync());
    }

    private static Task<Result<Done>> WithdrawAsync(TestPortal portal, long id, Actor actor) =>
        portal.CallAsync<WithdrawInvitation, Result<Done>>(w => w.ExecuteAsync(id, actor, default));
}
