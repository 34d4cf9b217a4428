using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>Staff disables people and enables them again.</summary>
public sealed class DisableUserTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task DisableAndEnable_ByStaff_ChangeAuditAndMailTogether(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems", language: "es"));
        await portal.CallAsync<OpenSession, string>(o => o.ExecuteAsync(partner.UserId!.Value, "a phone", "", default));
        var before = await UserAsync(portal, partner);

        Assert.True((await DisableAsync(portal, partner, "  An invoice was forged. ", support)).Ok);

        var disabled = await UserAsync(portal, partner);
        Assert.Equal((portal.Clock.Now, "An invoice was forged."), (disabled.DisabledAt, disabled.DisabledReason));
        Assert.Equal(before.PasswordHash, disabled.PasswordHash);
        Assert.NotEqual(before.SecurityStamp, disabled.SecurityStamp);
        Assert.Equal(0, await portal.ReadAsync(db => db.UserSessions.CountAsync(s => s.EndedAt == null)));
        Assert.Equal(Actor.Visitor, await world.AgainAsync(partner));
        var told = await portal.MailAsync(partner.Email, MailKinds.SecurityNotice);
        Assert.Equal("Ya no puedes entrar en PartnerPortal", told.Subject);
        Assert.Contains("El motivo indicado: An invoice was forged.", told.Text, StringComparison.Ordinal);

        Assert.True((await EnableAsync(portal, partner, support)).Ok);

        var enabled = await UserAsync(portal, partner);
        Assert.Equal((null, null, before.PasswordHash), (enabled.DisabledAt, enabled.DisabledReason, enabled.PasswordHash));
        Assert.NotEqual(disabled.SecurityStamp, enabled.SecurityStamp);
        Assert.True((await world.AgainAsync(partner)).IsActivePartner);
        Assert.Equal("Ya puedes volver a entrar en PartnerPortal", (await portal.MailAsync(partner.Email, MailKinds.SecurityNotice)).Subject);
        var entries = await portal.ReadAsync(db => db.AuditEntries.Where(e => e.SubjectKind == "user" && e.SubjectId == partner.UserId && e.ActorUserId == support.UserId).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(
            [(AuditActions.UserDisabled, partner.AccountId, true), (AuditActions.UserEnabled, partner.AccountId, false)],
            entries.Select(e => (e.Action, e.AccountId, e.Details!.Contains("An invoice was forged.", StringComparison.Ordinal))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Disable_ByWhoMayNot_ChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, owner, partner) = (await world.SupportAsync(), await world.OwnerAsync(), await world.IntegratorAsync("Brightwater Systems"));
        var (other, client) = (await world.IntegratorAsync("Wrong Partner"), await world.PersonAsync("Clara Client"));
        var colleague = await world.ColleagueAsync(partner, "Tomás Vidal", MemberRole.Seller);
        // Staff, and a member of the account that it would decide about.
        var involved = await world.ColleagueAsync(partner, "Ines Involved", MemberRole.Seller);
        Assert.True((await portal.CallAsync<GrantStaffRole, Result<string>>(g => g.ExecuteAsync(involved.Email, StaffRoles.Support, owner, default))).Ok);
        involved = await world.AgainAsync(involved);

        foreach (var (actor, target, expected) in new (Actor, Actor, Type)[]
        {
            (Actor.Visitor, client, typeof(NotAllowed)), (Actor.System, client, typeof(NotAllowed)), (client, colleague, typeof(NotAllowed)), (other, colleague, typeof(NotAllowed)),
            (partner, colleague, typeof(NotAllowed)), (other with { IsSupport = true }, client, typeof(NotAllowed)), (support, support, typeof(OwnSignIn)), (owner, owner, typeof(OwnSignIn)),
            (involved, colleague, typeof(OwnAccountInvolved)), (support, colleague with { AccountId = other.AccountId }, typeof(NoSuchMember)), (support, owner, typeof(LastOwner)),
            (support, involved, typeof(StaffIsForOwners)),
        })
        {
            Assert.Equal((actor.Name, expected), (actor.Name, (await DisableAsync(portal, target, "r", actor)).Error?.GetType()));
            if (expected != typeof(LastOwner))
            {
                Assert.Equal((actor.Name, expected), (actor.Name, (await EnableAsync(portal, target, actor)).Error?.GetType()));
            }
        }

        Assert.IsType<DecisionReasonMissing>((await DisableAsync(portal, client, "  ", support)).Error);
        Assert.IsType<DecisionReasonTooLong>((await DisableAsync(portal, client, new string('x', PortalUser.DisabledReasonLength + 1), support)).Error);
        Assert.IsType<SignInDecidedBefore>((await EnableAsync(portal, client, support)).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Users.CountAsync(u => u.DisabledAt != null)));
        Assert.Equal(0, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.UserDisabled || e.Action == AuditActions.UserEnabled)));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.SecurityNotice)));

        Assert.True((await DisableAsync(portal, client, new string('x', PortalUser.DisabledReasonLength), support)).Ok);
        Assert.IsType<SignInDecidedBefore>((await DisableAsync(portal, client, "r", support)).Error);
        Assert.True((await DisableAsync(portal, involved, "r", owner)).Ok);
        Assert.IsType<StaffIsForOwners>((await EnableAsync(portal, involved, support)).Error);
        Assert.IsType<NotAllowed>((await EnableAsync(portal, client, involved)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Disable_TwoOwnersEachOtherAtOnce_LeavesOne(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (first, second) = (await world.OwnerAsync("First Owner"), await world.OwnerAsync("Second Owner"));

        var results = await Task.WhenAll(
            Task.Run(() => DisableAsync(portal, second, "r", first)),
            Task.Run(() => DisableAsync(portal, first, "r", second)));

        Assert.Single(results, r => r.Ok);
        Assert.IsType<NotAllowed>(results.Single(r => !r.Ok).Error);
        var (winner, loser) = results[0].Ok ? (first, second) : (second, first);
        Assert.IsType<NotAllowed>((await portal.CallAsync<RevokeStaffRole, Result<string>>(r => r.ExecuteAsync(winner.UserId!.Value, StaffRoles.Owner, loser, default))).Error);
    }

    /// <summary>Identity writes whole rows: one that it read before must not undo the decision when it writes it back, and the decision does not fail for what Identity wrote meanwhile.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Disable_WhileIdentityHoldsTheUser_IsNotUndone(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, client) = (await world.SupportAsync(), await world.PersonAsync("Clara Client"));

        var written = await portal.InScopeAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<PortalUser>>();
            var held = (await users.FindByEmailAsync(client.Email))!;
            await world.DisableAsync(client, support);
            return await users.AccessFailedAsync(held);
        });

        Assert.False(written.Succeeded);
        Assert.NotNull((await UserAsync(portal, client)).DisabledAt);
        var tries = Enumerable.Range(0, 4).Select(_ => Task.Run(() => portal.InScopeAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<PortalUser>>();
            return await users.AccessFailedAsync((await users.FindByEmailAsync(client.Email))!);
        })));
        var enabling = Task.Run(() => EnableAsync(portal, client, support));
        await Task.WhenAll(tries);
        Assert.True((await enabling).Ok);
        Assert.Null((await UserAsync(portal, client)).DisabledAt);
    }

    /// <summary>An owner who is disabled runs nothing: when the other one is gone, the one-time address makes a new owner, who is not the disabled one.</summary>
    [Fact]
    public async Task FirstOwner_AllOthersDisabled_MayBeMadeButNotOfADisabledPerson()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (first, second) = (await world.OwnerAsync("First Owner"), await world.OwnerAsync("Second Owner"));
        await world.DisableAsync(second, first);
        Assert.IsType<OwnerExists>((await portal.CallAsync<IssueSetupToken, Result<string>>(i => i.ExecuteAsync(default))).Error);
        Assert.True((await portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(first, default))).Ok);

        var path = (await portal.CallAsync<IssueSetupToken, Result<string>>(i => i.ExecuteAsync(default))).Value;
        var token = path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..];

        Assert.IsType<SignInDisabled>((await MakeAsync(second.Email)).Error);
        Assert.True((await MakeAsync("new@example.test")).Ok);

        Task<Result<long>> MakeAsync(string email) =>
            portal.CallAsync<MakeFirstOwner, Result<long>>(m => m.ExecuteAsync(new FirstOwnerRequest(token, "New Owner", email, World.Password), default));
    }

    /// <summary>What a person may not see on pages is not mailed to it either.</summary>
    [Fact]
    public async Task Mail_ToTheAdminsOfAnAccount_LeavesOutWhoIsDisabled()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"));
        var colleague = await world.ColleagueAsync(partner, "Tomás Vidal", MemberRole.Admin);
        await world.DisableAsync(colleague, support);

        Assert.True((await portal.CallAsync<SuspendPartner, Result<Done>>(s => s.ExecuteAsync(partner.AccountId!.Value, "r", support, default))).Ok);

        Assert.Equal([partner.Email], await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.PartnerDecision).Select(m => m.ToAddress).ToListAsync()));
    }

    private static Task<PortalUser> UserAsync(TestPortal portal, Actor actor) => portal.ReadAsync(db => db.Users.SingleAsync(u => u.Id == actor.UserId));

    private static Task<Result<Done>> DisableAsync(TestPortal portal, Actor person, string? reason, Actor actor) =>
        portal.CallAsync<DisableUser, Result<Done>>(d => d.ExecuteAsync(person.UserId ?? 0, person.AccountId ?? 0, reason, actor, default));

    private static Task<Result<Done>> EnableAsync(TestPortal portal, Actor person, Actor actor) =>
        portal.CallAsync<EnableUser, Result<Done>>(e => e.ExecuteAsync(person.UserId ?? 0, person.AccountId ?? 0, actor, default));
}
