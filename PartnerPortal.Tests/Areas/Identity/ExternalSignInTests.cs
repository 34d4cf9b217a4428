using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

/// <summary>Sign-in and registration by Google and Microsoft, against an OAuth 2 server that holds the portal to the protocol.</summary>
public sealed class ExternalSignInTests
{
    private const string Address = "nina@novak.test";
    private const string WithGoogle = "Continue with Google";
    private const string WithMicrosoft = "Continue with Microsoft";

    [Theory, OnSqlite, OnPostgres]
    public async Task Register_ByLinkAndGoogle_ReferralSurvivesAndNoMailIsNeeded(DatabaseKind kind)
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google"], kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.RegisterFrom(await world.CodeOfAsync(partner)));
        await visitor.SendAsync(button: WithGoogle);
        Assert.StartsWith(PortalUrls.RegisterAccount, visitor.Path, StringComparison.Ordinal);
        Assert.Contains("Brightwater Systems will see", visitor.Text, StringComparison.Ordinal);
        Assert.Contains(Address, visitor.Text, StringComparison.Ordinal);
        Assert.Equal("Nina Novak", visitor.Page.QuerySelector("[name='Input.FullName']")!.GetAttribute("value"));
        Assert.Null(visitor.Page.QuerySelector("[name='Input.Password']"));
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync()));
        await visitor.SendAsync(button: "Create my account");

        Assert.Equal(PortalUrls.MyPartner, visitor.Path);
        Assert.True(await visitor.IsSignedInAsync());
        var attribution = await portal.ReadAsync(db => db.Attributions.SingleAsync());
        Assert.Equal((partner.AccountId, CameBy.Link), ((long?)attribution.PartnerId, attribution.CameBy));
        Assert.All(await portal.ReadAsync(db => db.Consents.Select(c => c.WordingVersion).ToListAsync()), v => Assert.Equal(ConsentWording.Current, v));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.ConfirmEmail)));
        var user = await portal.ReadAsync(db => db.Users.SingleAsync(u => u.Email == Address));
        Assert.True(user.EmailConfirmed);
        Assert.Null(user.PasswordHash);
        await AssertSignsInAsync(portal, WithGoogle);
    }

    [Fact]
    public async Task Register_CodeTypedBeforeGoogle_IsStillThere()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google"]);
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(new() { ["Input.Code"] = code }, WithGoogle);
        await visitor.SendAsync(button: "Create my account");

        Assert.Equal(CameBy.Code, await portal.ReadAsync(db => db.Attributions.Select(a => a.CameBy).SingleAsync()));
    }

    [Fact]
    public async Task SignIn_AddressHasAnAccount_PasswordIsAskedOnceAndConnects()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google"]);
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.SignIn);
        await visitor.SendAsync(button: WithGoogle);
        Assert.StartsWith(PortalUrls.SignIn, visitor.Path, StringComparison.Ordinal);
        Assert.Contains("has an account already", visitor.Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        await visitor.SendAsync(new() { ["Input.Password"] = World.Password });

        Assert.True(await visitor.IsSignedInAsync());
        Assert.Contains("new way to sign in", (await portal.MailAsync(Address, MailKinds.SecurityNotice)).Subject, StringComparison.Ordinal);
        await AssertSignsInAsync(portal, WithGoogle);
    }

    [Fact]
    public async Task SignIn_SomebodyElseSignsInAfterwards_IsNotConnected()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google"]);
        var world = new World(portal);
        await world.PersonAsync("Nina Novak", Address);
        await world.PersonAsync("Other Person", "other@example.test");
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.SignIn);
        await visitor.SendAsync(button: WithGoogle);

        await visitor.SignInAsync("other@example.test");

        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal(0, await portal.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Microsoft_AddressNotVerified_NeverOpensAnAccountThatExists(bool? verified)
    {
        await using var provider = await OAuthTestServer.StartAsync();
        provider.Person = new OAuthPerson("m-1", Address, verified, "Not Nina");
        await using var portal = await StartAsync(provider, ["Microsoft"]);
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var stranger = new FormClient(portal);

        await stranger.OpenAsync(PortalUrls.SignIn);
        await stranger.SendAsync(button: WithMicrosoft);
        Assert.StartsWith(PortalUrls.RegisterAccount, stranger.Path, StringComparison.Ordinal);
        await stranger.SendAsync(button: "Create my account");

        // As for any address: a mail goes out, and the page does not say which.
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == Address && m.Kind == MailKinds.AlreadyRegistered)));
        Assert.False(await stranger.IsSignedInAsync());
        Assert.Equal(0, await portal.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task Microsoft_NewAddress_LetsInOnceTheMailIsFollowedInTheSameBrowser()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        provider.Person = new OAuthPerson("m-1", Address, null, "Nina Novak");
        await using var portal = await StartAsync(provider, ["Microsoft"]);
        using var visitor = new FormClient(portal);

        await RegisterAsync(visitor);
        Assert.Equal(0, await portal.ReadAsync(db => db.UserLogins.CountAsync()));
        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));

        Assert.Contains("confirmed", visitor.Text, StringComparison.Ordinal);
        await AssertSignsInAsync(portal, WithMicrosoft);
    }

    [Fact]
    public async Task Microsoft_MailFollowedByTheAddressesOwnerElsewhere_ProvidersAccountStaysOut()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        provider.Person = new OAuthPerson("m-1", Address, null, "Not Nina");
        await using var portal = await StartAsync(provider, ["Microsoft"]);
        using var stranger = new FormClient(portal);
        using var owner = new FormClient(portal);
        await RegisterAsync(stranger);

        await owner.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail) + "&anew=true");
        await owner.SendAsync(new() { ["Password"] = "Nina's own long words" });
        Assert.True(await owner.IsSignedInAsync());

        await stranger.OpenAsync(PortalUrls.SignIn);
        await stranger.SendAsync(button: WithMicrosoft);
        Assert.False(await stranger.IsSignedInAsync());
        Assert.Equal(0, await portal.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task SignIn_RefusedOrBrokenAtTheProviderOrForged_IsSaid()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google"]);
        using var visitor = new FormClient(portal);

        provider.Refuses = true;
        await visitor.OpenAsync(PortalUrls.SignIn);
        await visitor.SendAsync(button: WithGoogle);
        Assert.Contains("Google did not let you in", visitor.Text, StringComparison.Ordinal);

        (provider.Refuses, provider.IsBroken) = (false, true);
        await visitor.OpenAsync(PortalUrls.SignIn);
        await visitor.SendAsync(button: WithGoogle);
        Assert.Contains("Google did not let you in", visitor.Text, StringComparison.Ordinal);

        await visitor.OpenAsync(PortalUrls.ProviderCallback("Google") + "?code=stolen&state=forged");
        Assert.Contains("Google did not let you in", visitor.Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Manage_ConnectAndDisconnect_NeverTheLastWayIn()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await StartAsync(provider, ["Google", "Microsoft"]);
        var world = new World(portal);
        await world.PersonAsync("Nina Novak", "nina.elsewhere@example.test");
        await world.PersonAsync("Other Person", "other@example.test");
        using var nina = await new FormClient(portal).SignInAsync("nina.elsewhere@example.test");
        using var other = await new FormClient(portal).SignInAsync("other@example.test");

        await nina.OpenAsync("/Identity/Account/Manage/ExternalLogins");
        await nina.SendAsync(button: "Connect Google");
        Assert.Contains("Google is connected", nina.Text, StringComparison.Ordinal);
        await other.OpenAsync("/Identity/Account/Manage/ExternalLogins");
        await other.SendAsync(button: "Connect Google");
        Assert.Contains("lets somebody else in here", other.Text, StringComparison.Ordinal);
        await nina.OpenAsync("/Identity/Account/Manage/ExternalLogins");
        await nina.SendAsync(button: "Disconnect Google");
        Assert.Contains("Google is disconnected", nina.Text, StringComparison.Ordinal);

        using var alone = new FormClient(portal);
        await alone.OpenAsync(PortalUrls.RegisterAccount);
        await alone.SendAsync(button: WithGoogle);
        await alone.SendAsync(button: "Create my account");
        await alone.OpenAsync("/Identity/Account/Manage/ExternalLogins");
        await alone.SendAsync(button: "Disconnect Google");
        Assert.Contains("your only way to sign in", alone.Text, StringComparison.Ordinal);
        Assert.Equal(1, await portal.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task Pages_WithoutProviders_ShowNoButtonAndAskForNothingElsewhere()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);

        foreach (var page in new[] { PortalUrls.SignIn, PortalUrls.RegisterAccount })
        {
            await visitor.OpenAsync(page);
            Assert.Null(visitor.Page.QuerySelector("[name=provider]:not([disabled])"));
        }

        using var answer = await visitor.Http.GetAsync(PortalUrls.SignIn);
        Assert.Contains("form-action 'self'", answer.Headers.GetValues("Content-Security-Policy").Single().Split("; "));
    }

    private static async Task<TestPortal> StartAsync(OAuthTestServer provider, string[] names, DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var portal = await TestPortal.StartAsync(kind, settings: provider.SettingsFor(names));
        // The cookie for the way there and back ends by the portal's clock, and the visitor drops it by the real one.
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        return portal;
    }

    private static async Task RegisterAsync(FormClient visitor)
    {
        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(button: WithMicrosoft);
        await visitor.SendAsync(button: "Create my account");
        Assert.False(await visitor.IsSignedInAsync());
    }

    private static async Task AssertSignsInAsync(TestPortal portal, string button)
    {
        using var again = new FormClient(portal);
        await again.OpenAsync(PortalUrls.SignIn);
        await again.SendAsync(button: button);
        Assert.True(await again.IsSignedInAsync());
    }
}
