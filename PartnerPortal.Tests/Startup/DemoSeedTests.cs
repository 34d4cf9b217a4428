using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Startup.Demo;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Startup;

public sealed partial class DemoSeedTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Seed_EmptyDatabase_KeepsTheInvariants(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        Assert.True(await portal.InScopeAsync(s => DemoSeed.RunAsync(s, default)));
        Assert.False(await portal.InScopeAsync(s => DemoSeed.RunAsync(s, default)));

        var attributions = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).ToListAsync());
        Assert.All(attributions, a => Assert.NotNull(a.Receipt));
        Assert.All(attributions.Where(a => a.EndedAt is null).GroupBy(a => a.ClientId), g => Assert.Single(g));
        var consents = await portal.ReadAsync(db => db.Consents.ToListAsync());
        Assert.All(attributions, a => Assert.Contains(consents, c => c.ClientId == a.ClientId && c.PartnerId == a.PartnerId && c.WithdrawnAt is null == a.EndedAt is null));
        var lines = await portal.ReadAsync(db => db.ClientRecords.Include(r => r.Events).Include(r => r.Tags).ToListAsync());
        var marta = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.Name == "Brightwater Systems"));
        var hers = lines.Where(l => l.PartnerId == marta.Id).ToList();
        Assert.Equal(40, hers.Count);
        Assert.Equal(Enum.GetValues<ClientStatus>().Order(), hers.Select(l => l.Status).Distinct().Order());
        // Nobody in the demo went back, or was moved in from elsewhere.
        Assert.Equal(Enum.GetValues<CameBy>().Where(c => c is not (CameBy.Returned or CameBy.MovedIn)).Order(), hers.Select(l => l.CameBy).Distinct().Order());
        Assert.Equal(["en", "es"], hers.Select(l => l.Language).Distinct().Order(StringComparer.Ordinal));
        Assert.All(hers, l => Assert.NotEmpty(l.Events));
        Assert.All(lines, l => Assert.Equal(
            l.Status is ClientStatus.Active or ClientStatus.NeverSignedIn,
            attributions.Exists(a => a.PartnerId == l.PartnerId && a.ClientId == l.ClientId && a.EndedAt is null)));
        Assert.All(hers.Where(l => l.Status is ClientStatus.Left), l => Assert.False(l.IsShared));
        Assert.Equal(4, await portal.ReadAsync(db => db.Partners.CountAsync(p => p.Kind == PartnerKind.Integrator)));
        Assert.Equal(2, await portal.ReadAsync(db => db.Members.CountAsync(m => m.AccountId == marta.Id)));
        var payouts = await portal.ReadAsync(db => db.Payouts.ToListAsync());
        Assert.Equal(Enum.GetValues<PayoutState>(), payouts.Select(p => p.State).Distinct().Order());
        Assert.Equal(3, await portal.ReadAsync(db => db.Automations.CountAsync(a => a.State == AutomationState.Active)));
        Assert.True(await portal.ReadAsync(db => db.ProgramSettings.AllAsync(s => s.RegistrationAutomationId != null)));
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);
        Assert.Empty((await portal.CallAsync<VerifyPayouts, PayoutReport>(v => v.ExecuteAsync(default))).Findings);
        var audit = await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action != "demo.seeded" && e.Action != "program.changed").OrderBy(e => e.Id).Select(e => e.At).ToListAsync());
        Assert.Equal(audit.Order(), audit);
        Assert.All(audit, at => Assert.True(at <= portal.Clock.Now));
        var details = await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Details != null).Select(e => e.Details!).ToListAsync());
        Assert.Contains(details, d => d.Contains("\"cameBy\":\"Link\"", StringComparison.Ordinal));
        Assert.DoesNotContain(details, d => EnumAsNumber().IsMatch(d));
    }

    /// <summary>What happened hours ago was yesterday, now and then.</summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 40)]
    [InlineData(7, 20)]
    [InlineData(23, 55)]
    public async Task Seed_AtAnyHour_Fills(int hour, int minute)
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Clock.Advance(portal.Clock.Now.Date.AddDays(1).AddHours(hour).AddMinutes(minute) - portal.Clock.Now);

        Assert.True(await portal.InScopeAsync(s => DemoSeed.RunAsync(s, default)));
    }

    [Fact]
    public async Task Seed_People_CanSignInAsWhatTheyAre()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.InScopeAsync(s => DemoSeed.RunAsync(s, default));
        foreach (var (email, check) in new (string, Func<Actor, bool>)[]
        {
            (DemoAccounts.Integrator, a => a is { IsIntegrator: true, IsActivePartner: true, AccountName: "Brightwater Systems" }),
            (DemoAccounts.Client, a => a is { IsPartner: false, IsStaff: false }),
            (DemoAccounts.Support, a => a is { IsSupport: true, IsOwner: false }),
            (DemoAccounts.Admin, a => a.IsOwner),
        })
        {
            var user = await portal.ReadAsync(db => db.Users.SingleAsync(u => u.Email == email));
            Assert.True(await portal.InScopeAsync(s => s.GetRequiredService<UserManager<PortalUser>>().CheckPasswordAsync(user, DemoAccounts.Password)));
            Assert.True(check(await new World(portal).AgainAsync(new Actor(user.Id, "", user.LastAccountId, "", null))), email);
        }
    }

    [Fact]
    public void Clients_AddressesAndPhones_AreInTheirNormalForm() => Assert.All(DemoPeople.Clients, c =>
    {
        Assert.True(EmailAddress.TryParse(c.Email, out var email, out _));
        Assert.Equal(c.Email, email.Normalized);
        Assert.EndsWith(".test", c.Email, StringComparison.Ordinal);
        if (c.Phone is not null)
        {
            Assert.True(PhoneNumber.TryParse(c.Phone, "DE", out var phone, out var problem), $"{c.Phone}: {problem}");
            Assert.Equal(c.Phone, phone.E164);
        }
    });

    [GeneratedRegex("\"(cameBy|rule|kind)\":[0-9]")]
    private static partial Regex EnumAsNumber();
}
