using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

public sealed class SignInTests
{
    private const string Lockout = "/Identity/Account/Lockout";
    private const string Chosen = "chosen by myself 7";
    private const string Address = "priya@raman.test";

    [Fact]
    public async Task SignIn_UnknownAddressAndWrongPassword_SameWordsAndSameLockout()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Known", "known@example.test");
        using var visitor = new FormClient(portal);
        foreach (var email in new[] { "known@example.test", "unknown@example.test" })
        {
            var answers = new List<string>();
            for (var i = 0; i < 6; i++)
            {
                await visitor.SignInAsync(email, "wrong password");
                answers.Add(visitor.Path == Lockout ? "locked" : visitor.Errors.Single());
            }

            Assert.Equal(["This e-mail and password do not match. Check both, or choose a new password below."], answers[..4].Distinct());
            Assert.Equal(["locked", "locked"], answers[4..]);
        }
    }

    [Fact]
    public async Task SignIn_Unconfirmed_IsSaidOnlyWithTheRightPassword()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(new() { ["Input.FullName"] = "Nina", ["Input.Email"] = Address, ["Input.Password"] = World.Password }, "Create my account");

        await visitor.SignInAsync(Address, "wrong password");
        Assert.DoesNotContain("not confirmed", visitor.Text, StringComparison.Ordinal);
        await visitor.SignInAsync(Address);
        Assert.Contains("Your e-mail is not confirmed yet", visitor.Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Theory]
    [InlineData("//evil.test/x")]
    [InlineData("https://evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("/%2F/evil.test")]
    public async Task SignIn_ForeignReturnUrl_LeadsHome(string returnUrl)
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).IntegratorAsync("Marta", "marta@example.test");
        using var visitor = new FormClient(portal);

        await visitor.SignInAsync("marta@example.test", returnUrl: returnUrl);

        Assert.Equal(PortalUrls.Dashboard, visitor.Path);
    }

    [Fact]
    public async Task SignIn_LocalReturnUrlAndOtherLanguage_LeadsThereInTheUsersLanguage()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("José", "jose@example.test", "es");
        using var visitor = new FormClient(portal);

        await visitor.SignInAsync("jose@example.test", returnUrl: PortalUrls.Manage + "/Email?x=1");

        Assert.Equal(PortalUrls.Manage + "/Email?x=1", visitor.Path);
        Assert.Equal("es", visitor.Page.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(await portal.ReadAsync(db => db.Users.Where(u => u.Email == "jose@example.test").Select(u => u.FirstSignedInAt).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task OneTimePassword_Right_ChoosesAPasswordOnceAndNeverBecomesIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (secret, _) = await CreateClientAsync(portal);
        using var visitor = new FormClient(portal);

        await visitor.SignInAsync(Address, secret.ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal));
        Assert.StartsWith("/Identity/Account/Start?ticket=", visitor.Path, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        await visitor.SendAsync(new() { ["Password"] = secret });
        Assert.Contains("Choose one of your own", visitor.Errors.Single(), StringComparison.Ordinal);
        await visitor.SendAsync(new() { ["Password"] = "short" });
        Assert.Contains("at least 10", visitor.Errors.Single(), StringComparison.Ordinal);
        await visitor.SendAsync(new() { ["Password"] = Chosen });
        Assert.StartsWith("/join/", visitor.Path, StringComparison.Ordinal);
        Assert.True(await visitor.IsSignedInAsync());

        using var other = new FormClient(portal);
        await other.SignInAsync(Address, secret);
        Assert.Contains("do not match", other.Errors.Single(), StringComparison.Ordinal);
        await other.SignInAsync(Address, Chosen);
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task StartLink_OpenedOftenUsedOnce_ThenSaysWhatToDo()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, link) = await CreateClientAsync(portal);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(link);
        await visitor.OpenAsync(link);
        Assert.Contains("Brightwater Systems created this account for you", visitor.Text, StringComparison.Ordinal);

        await visitor.SendAsync(new() { ["Password"] = Chosen });
        Assert.True(await visitor.IsSignedInAsync());

        using var other = new FormClient(portal);
        await other.OpenAsync(link);
        Assert.Contains("This link no longer works", other.Text, StringComparison.Ordinal);
        Assert.Contains("Ask your partner to send you the mail again", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneTimePassword_TicketOlderThanAQuarterOfAnHour_NoLongerWorks()
    {
        await using var portal = await TestPortal.StartAsync();
        var (secret, _) = await CreateClientAsync(portal);
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address, secret);
        portal.Clock.Advance(TimeSpan.FromMinutes(16));

        await visitor.SendAsync(new() { ["Password"] = Chosen });

        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneTimePassword_Expired_IsAWrongPassword()
    {
        await using var portal = await TestPortal.StartAsync();
        var (secret, link) = await CreateClientAsync(portal);
        portal.Clock.Advance(TimeSpan.FromDays(31));
        using var visitor = new FormClient(portal);

        await visitor.SignInAsync(Address, secret);
        Assert.Contains("do not match", visitor.Errors.Single(), StringComparison.Ordinal);
        await visitor.OpenAsync(link);
        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneTimePassword_WrongFiveTimes_LocksOutTheRightOneToo()
    {
        await using var portal = await TestPortal.StartAsync();
        var (secret, _) = await CreateClientAsync(portal);
        using var visitor = new FormClient(portal);
        for (var i = 0; i < 5; i++)
        {
            await visitor.SignInAsync(Address, OneTimeSecret.New().Shown);
        }

        await visitor.SignInAsync(Address, secret);

        Assert.Equal(Lockout, visitor.Path);
    }

    [Fact]
    public async Task Confirm_CreatedAccountRegistered_VoidsItsCredentials()
    {
        await using var portal = await TestPortal.StartAsync();
        var (secret, link) = await CreateClientAsync(portal);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(new() { ["Input.FullName"] = "Priya Raman", ["Input.Email"] = Address, ["Input.Password"] = Chosen }, "Create my account");

        // Registering alone shows nothing of whose address it is: what was mailed to its owner goes on working.
        await visitor.OpenAsync(link);
        Assert.DoesNotContain("This link no longer works", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));
        await visitor.OpenAsync(link);
        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
        await visitor.SignInAsync(Address, secret);
        Assert.Contains("do not match", visitor.Errors.Single(), StringComparison.Ordinal);
        await visitor.SignInAsync(Address, Chosen);
        Assert.Equal(PortalUrls.MyPartner, visitor.Path);
    }

    /// <summary>A client that a partner created; its one-time password and link as its mail holds them.</summary>
    private static async Task<(string Secret, string Link)> CreateClientAsync(TestPortal portal)
    {
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c =>
            c.ExecuteAsync([new NewClient("Priya Raman", Address, null, "DE", "en", null)], partner, default));
        Assert.Empty(created.Value[0].Errors);
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var (_, text) = await portal.MailAsync(Address, MailKinds.AccountReady);
        var secret = System.Text.RegularExpressions.Regex.Match(text, "[a-z0-9]{3}(-[a-z0-9]{3}){5}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        return (secret, await portal.MailedPathAsync(Address, MailKinds.AccountReady, "/Identity/Account/Start/"));
    }
}
