using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class CreateIntegratorTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NewAddress_MakesAnActiveFirmWhoseAdminComesInByALink(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();

        var created = await CreateAsync(portal, new("Brightwater Systems", "Marta Oliveira", "Marta@Brightwater.test", "es"), support);

        Assert.False(created.Value.Existed);
        var account = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == created.Value.AccountId));
        Assert.Equal((AccountKind.Firm, AccountState.Active, "Brightwater Systems"), (account.Kind, account.State, account.Name));
        var mail = await portal.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MailKinds.AccountReady, "es", true), (mail.Kind, mail.Language, mail.HadSecret));
        var credential = await portal.ReadAsync(db => db.OneTimeCredentials.SingleAsync());

        Assert.True((await portal.CallAsync<SendIntegratorLink, Result<Done>>(u => u.ExecuteAsync(account.Id, support, default))).Ok);

        Assert.NotNull(await portal.ReadAsync(db => db.OneTimeCredentials.Where(c => c.Id == credential.Id).Select(c => c.VoidedAt).SingleAsync()));
        Assert.Equal(OutboxState.Cancelled, await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Id == mail.Id).Select(m => m.State).SingleAsync()));
        var usable = await portal.ReadAsync(db => db.OneTimeCredentials.SingleAsync(c => c.VoidedAt == null));
        var chosen = await portal.CallAsync<ChoosePassword, Result<PasswordChosen>>(u => u.ExecuteAsync(usable.Id, "a long enough Passw0rd!", default));
        Assert.Equal(PortalUrls.Dashboard, chosen.Value.NextPath);
        Assert.IsType<HasSignedIn>((await portal.CallAsync<SendIntegratorLink, Result<Done>>(u => u.ExecuteAsync(account.Id, support, default))).Error);
        Assert.True((await world.AgainAsync(new Actor(chosen.Value.UserId, "", account.Id, "", null))).IsActivePartner);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AddressWithAnAccount_MakesThatAccountAPartnerUnderItsName(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var person = await world.PersonAsync("Nina Novak", "nina@example.test");

        var created = await CreateAsync(portal, new("Novak Firm", "Nina N.", " NINA@example.test ", "en"), support);
        var again = await CreateAsync(portal, new(null, "Nina N.", "nina@example.test", "en"), support);

        Assert.Equal(new CreatedIntegrator(person.AccountId!.Value, "Nina Novak", true), created.Value);
        Assert.Equal(new AlreadyPartner(person.AccountId.Value, "Nina Novak", PartnerState.Active), again.Error);
        Assert.True((await world.AgainAsync(person)).IsIntegrator);
        var mail = await portal.ReadAsync(db => db.OutboxMessages.Select(m => new { m.Kind, m.ToAddress }).SingleAsync());
        Assert.Equal((MailKinds.PartnerDecision, "nina@example.test"), (mail.Kind, mail.ToAddress));
        Assert.Equal(0, await portal.ReadAsync(db => db.OneTimeCredentials.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ReferrerAndApplicant_BecomeIntegrators(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var referrer = await world.PersonAsync("Rita", "rita@example.test");
        var code = await world.CodeOfAsync(referrer);
        var friend = await world.PersonAsync("Friend");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), friend, default));
        Assert.False((await world.AgainAsync(referrer)).IsIntegrator);

        Assert.True((await CreateAsync(portal, new(null, "Rita", "rita@example.test", "en"), support)).Ok);

        Assert.True((await world.AgainAsync(referrer)).IsIntegrator);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NotAllowedOrWrong_SaysWhy(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var partner = await world.IntegratorAsync("Delta Punkt");

        Assert.IsType<NotAllowed>((await CreateAsync(portal, new(null, "A", "a@example.test", "en"), partner)).Error);
        Assert.IsType<ContactNameMissing>((await CreateAsync(portal, new("Firm", "", "a@example.test", "en"), support)).Error);
        Assert.Equal("FirmName", (await CreateAsync(portal, new(new string('x', 201), "A", "a@example.test", "en"), support)).Error?.Field);
        Assert.Equal("Email", (await CreateAsync(portal, new(null, "A", "nonsense", "en"), support)).Error?.Field);
        Assert.IsType<OwnAccountInvolved>((await CreateAsync(portal, new(null, "Sam", support.Email, "en"), support)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SameAddressAtOnce_MakesOneAccount(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CreateAsync(portal, new("Firm", "A", "a@example.test", "en"), support))));

        Assert.Single(results, r => r.Ok);
        Assert.All(results.Where(r => !r.Ok), r => Assert.IsType<AlreadyPartner>(r.Error));
        Assert.Equal(1, await portal.ReadAsync(db => db.Accounts.CountAsync(a => a.Email == "a@example.test")));
    }

    private static Task<Result<CreatedIntegrator>> CreateAsync(TestPortal portal, NewIntegrator request, Actor actor) =>
        portal.CallAsync<CreateIntegrator, Result<CreatedIntegrator>>(u => u.ExecuteAsync(request, actor, default));
}
