using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Support;

/// <summary>People and accounts for a test, made by the shortest way that leaves nothing out.</summary>
public sealed class World(TestPortal portal)
{
    public const string Password = "correct horse battery";

    /// <summary>A confirmed person with a personal account.</summary>
    public Task<Actor> PersonAsync(string name, string? email = null, string language = "en", MemberRole role = MemberRole.Admin) => CreateAsync(name, email, language, role, partner: false, staff: null);

    /// <summary>A person whose account is an approved, active integrator.</summary>
    public Task<Actor> IntegratorAsync(string name, string? email = null, string language = "en", MemberRole role = MemberRole.Admin) => CreateAsync(name, email, language, role, partner: true, staff: null);

    public Task<Actor> SupportAsync(string name = "Sam Support") => CreateAsync(name, null, "en", MemberRole.Admin, partner: false, StaffRoles.Support);

    public Task<Actor> OwnerAsync(string name = "Olga Owner") => CreateAsync(name, null, "en", MemberRole.Admin, partner: false, StaffRoles.Owner);

    /// <summary>Another person of an account, who works in it now.</summary>
    public async Task<Actor> ColleagueAsync(Actor of, string name, MemberRole role, string? email = null)
    {
        var person = await PersonAsync(name, email);
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            work.Db.Members.Add(new Member(of.AccountId!.Value, person.UserId!.Value, role, work.Now));
            (await work.Db.Users.SingleAsync(u => u.Id == person.UserId)).LastAccountId = of.AccountId;
            work.Audit(of, AuditActions.AccountChanged, ("account", of.AccountId), of.AccountId);
            await work.CommitAsync(default);
        }

        return await AgainAsync(person with { AccountId = of.AccountId });
    }

    /// <summary>How the actor stands now: roles, partner and account are read again.</summary>
    public async Task<Actor> AgainAsync(Actor actor)
    {
        var claims = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
        [
            new(System.Security.Claims.ClaimTypes.NameIdentifier, actor.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(ActorSource.AccountClaim, (actor.AccountId ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ], "test"));
        return await portal.Services.GetRequiredService<ActorSource>().GetAsync(claims);
    }

    public Task<string> CodeOfAsync(Actor actor) => portal.ReadAsync(db => db.Accounts.Where(a => a.Id == actor.AccountId).Select(a => a.Code).SingleAsync());

    public async Task ProgramAsync(Action<ProgramSettings> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var settings = await work.Db.ProgramSettings.FirstOrDefaultAsync();
        if (settings is null)
        {
            work.Db.ProgramSettings.Add(settings = new ProgramSettings());
        }

        change(settings);
        settings.ChangedAt = work.Now;
        work.Audit(Actor.System, AuditActions.ProgramChanged, ("program", 1));
        work.Signal(ProgramSettingsSource.ChangedSignal);
        await work.CommitAsync(default);
    }

    public async Task SuspendAsync(Actor partner)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var row = await work.Db.Partners.SingleAsync(p => p.AccountId == partner.AccountId);
        row.Suspend("test", work.Now);
        work.Audit(Actor.System, AuditActions.PartnerSuspended, ("account", partner.AccountId), partner.AccountId);
        await work.CommitAsync(default);
    }

    /// <summary>Staff disables a person, on the page of its account.</summary>
    public async Task DisableAsync(Actor person, Actor staff, string reason = "as tested") =>
        Assert.True((await portal.CallAsync<DisableUser, Result<Done>>(d => d.ExecuteAsync(person.UserId!.Value, person.AccountId!.Value, reason, staff, default))).Ok);

    private async Task<Actor> CreateAsync(string name, string? email, string language, MemberRole role, bool partner, string? staff)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        email ??= SearchText.Fold(name).Replace(' ', '.') + "@example.test";
        if (!EmailAddress.TryParse(email, out var address, out _))
        {
            throw new ArgumentException("Not an address: " + email);
        }

        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var user = NewAccounts.User(address, name, language, users.KeyNormalizer, work.Now);
        user.EmailConfirmed = true;
        user.PasswordHash = QuickHash.Of(users, Password);
        work.Audit(Actor.System, AuditActions.AccountCreated, ("account", null));
        var account = await NewAccounts.PersonalAsync(work, user, null, AccountState.Active, default);
        if (partner)
        {
            work.Db.Partners.Add(Partner.CreateIntegrator(account.Id, work.Now));
        }

        if (role is not MemberRole.Admin)
        {
            (await work.Db.Members.SingleAsync(m => m.UserId == user.Id)).ChangeRole(role);
        }

        if (staff is not null)
        {
            var row = await work.Db.Roles.FirstOrDefaultAsync(r => r.Name == staff);
            if (row is null)
            {
                work.Db.Roles.Add(row = new PortalRole { Name = staff, NormalizedName = staff.ToUpperInvariant() });
                await work.SaveAsync(default);
            }

            work.Db.UserRoles.Add(new IdentityUserRole<long> { UserId = user.Id, RoleId = row.Id });
        }

        await work.CommitAsync(default);
        return await AgainAsync(new Actor(user.Id, name, account.Id, name, role));
    }

    /// <summary>A password hash takes 50 ms; the same password of all test people is hashed once.</summary>
    private static class QuickHash
    {
        private static string? _hash;

        public static string Of(UserManager<PortalUser> users, string password) => _hash ??= users.PasswordHasher.HashPassword(new PortalUser(), password);
    }
}
