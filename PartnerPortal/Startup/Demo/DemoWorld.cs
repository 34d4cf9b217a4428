using Microsoft.AspNetCore.Identity;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup.Demo;

/// <summary>A person of the demo with the account it works in.</summary>
internal sealed class DemoPerson(PortalUser user, Account account)
{
    public PortalUser User => user;

    public Account Account => account;

    public long UserId => user.Id;

    public long AccountId => account.Id;

    public Actor Actor => new(user.Id, user.FullName, account.Id, account.Name, MemberRole.Admin) { Email = user.Email!, Language = user.Language };
}

/// <summary>Makes the demo's people and accounts at times in the past, and keeps the audit entries to write them in the order of time.</summary>
internal sealed class DemoWorld(PortalTransaction work, UserManager<PortalUser> users)
{
    private readonly List<AuditEntry> _audit = [];

    // Hashing takes 50 ms: all of the demo have one password, so one hash serves.
    private readonly string _passwordHash = users.PasswordHasher.HashPassword(new PortalUser(), DemoAccounts.Password);

    public PortalDbContext Db => work.Db;

    public Dictionary<string, DemoPerson> Partners { get; } = new(StringComparer.Ordinal);

    /// <summary>UTC, today; also while <see cref="DemoHistory"/> is told.</summary>
    public DateTime Now { get; } = work.Now;

    public Task SaveAsync(CancellationToken ct) => work.SaveAsync(ct);

    /// <summary>So many days before now, at an hour that differs from day to day. Negative days lie ahead.</summary>
    public DateTime Ago(int days) => days < 0 ? Now.AddDays(-days) : Now.AddDays(-days).AddMinutes(-90 - (days * 37 % 480));

    public void Tell(int daysAgo, Actor actor, string action, (string Kind, long? Id) subject, long? accountId, object? details = null) =>
        Tell(Ago(daysAgo), actor, action, subject, accountId, details);

    public void Tell(DateTime at, Actor actor, string action, (string Kind, long? Id) subject, long? accountId, object? details = null) =>
        _audit.Add(new AuditEntry(at, actor, action, subject.Kind, subject.Id, accountId, details is null ? null : AuditLog.Write(details)));

    /// <summary>The log is read by id: what was earlier must have the lower one.</summary>
    public void WriteAudit() => work.Db.AuditEntries.AddRange(_audit.OrderBy(e => e.At));

    /// <summary>A confirmed person with a personal account.</summary>
    /// <param name="seenHoursAgo">Null: registered and never signed in.</param>
    public async Task<DemoPerson> PersonAsync(string name, string email, string language, string? phone, int daysAgo, int? seenHoursAgo, CancellationToken ct)
    {
        var (user, account) = Make(name, email, language, phone, Ago(daysAgo), AccountState.Active);
        user.PasswordHash = _passwordHash;
        user.EmailConfirmed = true;
        if (seenHoursAgo is { } hours)
        {
            var seen = Now.AddHours(-hours);
            user.FirstSignedInAt = Ago(daysAgo) is var first && first < seen ? first : seen;
            user.LastSeenAt = seen;
            account.Seen(seen);
        }

        await work.SaveAsync(ct);
        user.LastAccountId = account.Id;
        var person = new DemoPerson(user, account);
        Tell(daysAgo, person.Actor, AuditActions.UserRegistered, ("user", user.Id), account.Id);
        Tell(Ago(daysAgo).AddMinutes(3), person.Actor, AuditActions.UserConfirmed, ("user", user.Id), account.Id);
        return person;
    }

    /// <summary>A person for whom a partner created an account, and who never came.</summary>
    public async Task<DemoPerson> UnclaimedAsync(string name, string email, string language, string? phone, int daysAgo, CancellationToken ct)
    {
        var (user, account) = Make(name, email, language, phone, Ago(daysAgo), AccountState.Unclaimed);
        await work.SaveAsync(ct);
        user.LastAccountId = account.Id;
        Tell(daysAgo, Actor.System, AuditActions.AccountCreated, ("account", account.Id), account.Id);
        return new DemoPerson(user, account);
    }

    public void MakeFirm(DemoPerson person, string name, string email, string? phone, string? website)
    {
        person.Account.ChangeKind(AccountKind.Firm);
        person.Account.ChangeContact(name, email, phone, website);
    }

    public void Approve(DemoPerson person, int daysAgo)
    {
        work.Db.Partners.Add(Partner.CreateIntegrator(person.AccountId, Ago(daysAgo)));
        Tell(daysAgo, Actor.System, AuditActions.PartnerCreated, ("account", person.AccountId), person.AccountId);
    }

    public void Join(DemoPerson colleague, DemoPerson firm, MemberRole role, int daysAgo)
    {
        work.Db.Members.Add(new Member(firm.AccountId, colleague.UserId, role, Ago(daysAgo)));
        colleague.User.LastAccountId = firm.AccountId;
        Tell(daysAgo, colleague.Actor, AuditActions.MemberJoined, ("user", colleague.UserId), firm.AccountId, new { role });
    }

    private (PortalUser User, Account Account) Make(string name, string email, string language, string? phone, DateTime at, AccountState state)
    {
        if (!EmailAddress.TryParse(email, out var address, out var problem))
        {
            throw new InvalidOperationException($"The demo has a wrong address: {problem}");
        }

        var user = NewAccounts.User(address, name, language, users.KeyNormalizer, at);
        var account = new Account(AccountKind.Person, name, ReferralCode.New().Value, language, state, at);
        account.ChangeContact(name, email, phone, null);
        work.Db.Members.Add(new Member(account, user, MemberRole.Admin, at));
        return (user, account);
    }
}
