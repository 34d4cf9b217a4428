using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

/// <summary>A disabled person gets in by no way, and a stranger learns from none of them that there is such a person.</summary>
public sealed class DisabledSignInTests
{
    private const string Address = "nina@novak.test";
    private const string Disabled = "/Identity/Account/Disabled";
    private const string Chosen = "chosen by myself 7";
    private const string Recovery = "/Identity/Account/LoginWithRecoveryCode";

    [Theory, OnSqlite, OnPostgres]
    public async Task Password_Right_SaysDisabled_WrongSaysWhatItSaysToAnybody(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await DisabledNinaAsync(portal);
        using var visitor = new FormClient(portal);

        await visitor.SignInAsync(Address);
        Assert.Equal(Disabled, visitor.Path);
        Assert.Contains("Write to support", visitor.Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal(0, await portal.ReadAsync(db => db.UserSessions.CountAsync()));

        // The right password was no wrong try: the lockout comes as late as for an address that nobody has.
        var answers = new List<string>();
        foreach (var email in new[] { Address, "unknown@example.test" })
        {
            for (var i = 0; i < 6; i++)
            {
                await visitor.SignInAsync(email, "wrong password");
                answers.Add(visitor.Path == "/Identity/Account/Lockout" ? "locked" : visitor.Errors.Single());
            }
        }

        Assert.Equal(answers[..6], answers[6..]);
        Assert.Equal("locked", answers[4]);
    }

    [Fact]
    public async Task Password_AfterEnabling_LetsInAsBefore()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (nina, support) = (await world.PersonAsync("Nina Novak", Address), await world.SupportAsync());
        using var device = await new FormClient(portal).SignInAsync(Address);
        Assert.True(await device.IsSignedInAsync());

        await world.DisableAsync(nina, support);
        Assert.False(await device.IsSignedInAsync());
        Assert.True((await portal.CallAsync<EnableUser, Result<Done>>(e => e.ExecuteAsync(nina.UserId!.Value, nina.AccountId!.Value, support, default))).Ok);

        // The session of before does not come back to life; the password does.
        Assert.False(await device.IsSignedInAsync());
        await device.SignInAsync(Address);
        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SecondStep_DisabledBetweenTheSteps_IsRefusedAndUsesNoCodeUp(bool byRecoveryCode)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (nina, support) = (await world.PersonAsync("Nina Novak", Address), await world.SupportAsync());
        var key = await portal.CallAsync<PrepareAuthenticator, string>(p => p.ExecuteAsync(nina, default));
        var codes = (await portal.CallAsync<EnableTwoFactor, Result<IReadOnlyList<string>>>(e => e.ExecuteAsync(Totp.Now(key), nina, default))).Value;
        using var visitor = await new FormClient(portal).SignInAsync(Address);
        Assert.StartsWith("/Identity/Account/LoginWith2fa", visitor.Path, StringComparison.Ordinal);
        if (byRecoveryCode)
        {
            await visitor.OpenAsync(Recovery);
        }

        await world.DisableAsync(nina, support);
        await visitor.SendAsync(byRecoveryCode ? new() { ["Typed"] = codes[0] } : new() { ["Digits"] = Totp.Now(key) });

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal(10, await portal.InScopeAsync(async s =>
        {
            var users = s.GetRequiredService<UserManager<PortalUser>>();
            return await users.CountRecoveryCodesAsync((await users.FindByEmailAsync(Address))!);
        }));
        await visitor.OpenAsync(Recovery);
        Assert.Equal(Disabled, visitor.Path);
    }

    [Fact]
    public async Task Provider_ThatLetsIn_IsRefused()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: provider.SettingsFor(["Google"]));
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        await DisabledNinaAsync(portal, async nina => Assert.True((await portal.CallAsync<ConnectExternalLogin, Result<Done>>(
            c => c.ExecuteAsync(new ExternalIdentity("Google", provider.Person.Sub, Address, true, "Nina Novak"), nina.UserId!.Value, default))).Ok));
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.SignIn);
        await visitor.SendAsync(button: "Continue with Google");

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Provider_RegistersTheAddressOfAnUnconfirmedDisabledPerson_IsRefused()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: provider.SettingsFor(["Google"]));
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        await DisabledClientAsync(portal);
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(button: "Continue with Google");
        await visitor.SendAsync(button: "Create my account");

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal((0, false), (await portal.ReadAsync(db => db.UserLogins.CountAsync()), await IsConfirmedAsync(portal)));
    }

    [Fact]
    public async Task CreatedClient_LinkAndOneTimePassword_AreRefusedAndGoOnOnceEnabled()
    {
        await using var portal = await TestPortal.StartAsync();
        var (client, support, secret, link) = await DisabledClientAsync(portal);
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(link);
        Assert.Equal(Disabled, visitor.Path);
        await visitor.SignInAsync(Address, secret);
        Assert.Equal(Disabled, visitor.Path);
        await visitor.SignInAsync(Address, OneTimeSecret.New().Shown);
        Assert.Contains("do not match", visitor.Errors.Single(), StringComparison.Ordinal);
        var credential = await portal.ReadAsync(db => db.OneTimeCredentials.Where(c => c.UsedAt == null && c.VoidedAt == null).Select(c => c.Id).SingleAsync());
        Assert.IsType<SignInDisabled>((await portal.CallAsync<ChoosePassword, Result<PasswordChosen>>(c => c.ExecuteAsync(credential, Chosen, default))).Error);

        Assert.True((await portal.CallAsync<EnableUser, Result<Done>>(e => e.ExecuteAsync(client.UserId!.Value, client.AccountId!.Value, support, default))).Ok);
        await visitor.OpenAsync(link);
        await visitor.SendAsync(new() { ["Password"] = Chosen });
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task CreatedClient_DisabledWhileThePasswordFormIsOpen_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var (client, support, _, link) = await CreatedClientAsync(portal);
        using var visitor = await new FormClient(portal).OpenAsync(link);

        await new World(portal).DisableAsync(client, support);
        await visitor.SendAsync(new() { ["Password"] = Chosen });

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ForgotPassword_SamePageAsForAnybody_MailHoldsNoLinkAndSaysWhy(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await DisabledNinaAsync(portal);
        using var visitor = new FormClient(portal);
        var pages = new List<string>();

        foreach (var (form, email) in new[] { ("ForgotPassword", Address), ("ForgotPassword", "unknown@example.test"), ("ResendEmailConfirmation", Address) })
        {
            await visitor.OpenAsync("/Identity/Account/" + form);
            await visitor.SendAsync(new() { ["Email"] = email });
            pages.Add(visitor.Text);
        }

        Assert.Equal(pages[0], pages[1]);
        var (subject, text) = await portal.MailAsync(Address, MailKinds.SecurityNotice);
        Assert.Equal("Your sign-in to PartnerPortal is disabled", subject);
        Assert.DoesNotContain(PortalUrls.ResetPassword, text, StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.ResetPassword || m.Kind == MailKinds.ConfirmEmail)));
    }

    [Fact]
    public async Task ResetLink_OfBeforeAndOfNow_NeitherEnablesNorSignsIn()
    {
        await using var portal = await TestPortal.StartAsync();
        string? mailed = null;
        var nina = await DisabledNinaAsync(portal, async _ =>
        {
            using var before = await new FormClient(portal).OpenAsync("/Identity/Account/ForgotPassword");
            await before.SendAsync(new() { ["Email"] = Address });
            mailed = await portal.MailedPathAsync(Address, MailKinds.ResetPassword, PortalUrls.ResetPassword);
        });
        using var visitor = new FormClient(portal);
        var hash = await HashAsync(portal);

        await visitor.OpenAsync(mailed!);
        await visitor.SendAsync(new() { ["Password"] = Chosen });
        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
        var token = await portal.InScopeAsync(async s =>
        {
            var users = s.GetRequiredService<UserManager<PortalUser>>();
            return await users.GeneratePasswordResetTokenAsync((await users.FindByEmailAsync(Address))!);
        });
        var code = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(token));
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.ResetPassword, ("userId", nina.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("code", code)));
        await visitor.SendAsync(new() { ["Password"] = Chosen });

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal(hash, await HashAsync(portal));
        Assert.Equal(1, await portal.ReadAsync(db => db.Users.CountAsync(u => u.Email == Address && u.DisabledAt != null)));
    }

    [Fact]
    public async Task Register_WithTheAddress_SamePageAsForAnybody_ChangesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        await DisabledClientAsync(portal);
        using var visitor = new FormClient(portal);
        var pages = new List<string>();

        foreach (var email in new[] { Address, "unknown@example.test" })
        {
            await visitor.OpenAsync(PortalUrls.RegisterAccount);
            await visitor.SendAsync(new() { ["Input.FullName"] = "Somebody", ["Input.Email"] = email, ["Input.Password"] = Chosen }, "Create my account");
            pages.Add(visitor.Text.Replace(email, "", StringComparison.Ordinal));
        }

        Assert.Equal(pages[0], pages[1]);
        Assert.Null(await HashAsync(portal));
        Assert.Equal("Your sign-in to PartnerPortal is disabled", (await portal.MailAsync(Address, MailKinds.SecurityNotice)).Subject);
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == Address && m.Kind == MailKinds.ConfirmEmail)));
    }

    [Fact]
    public async Task ConfirmationLink_DisabledMeanwhile_ConfirmsNothingAndLetsNobodyIn()
    {
        await using var portal = await TestPortal.StartAsync();
        var support = await new World(portal).SupportAsync();
        using var visitor = await new FormClient(portal).OpenAsync(PortalUrls.RegisterAccount);
        await visitor.SendAsync(new() { ["Input.FullName"] = "Nina Novak", ["Input.Email"] = Address, ["Input.Password"] = World.Password }, "Create my account");
        var link = await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail);
        var nina = await ActorAsync(portal);
        await new World(portal).DisableAsync(nina, support);

        await visitor.OpenAsync(link);
        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
        var token = await portal.InScopeAsync(async s =>
        {
            var users = s.GetRequiredService<UserManager<PortalUser>>();
            return await users.GenerateEmailConfirmationTokenAsync((await users.FindByEmailAsync(Address))!);
        });
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.ConfirmEmail, ("userId", nina.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("code", Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(token)))));

        Assert.Equal(Disabled, visitor.Path);
        Assert.False(await IsConfirmedAsync(portal));
        await visitor.SignInAsync(Address);
        Assert.Equal(Disabled, visitor.Path);
        await visitor.SignInAsync(Address, "wrong password");
        Assert.Contains("do not match", visitor.Errors.Single(), StringComparison.Ordinal);
    }

    /// <summary>The door behind the pages, for a way in that forgets to ask.</summary>
    [Fact]
    public async Task SignInManager_DisabledPerson_WritesNoCookie()
    {
        await using var portal = await TestPortal.StartAsync();
        await DisabledNinaAsync(portal);

        await portal.InScopeAsync(async s =>
        {
            var signIn = s.GetRequiredService<SignInManager<PortalUser>>();
            signIn.Context = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = s };
            var user = (await signIn.UserManager.FindByEmailAsync(Address))!;
            Assert.True((await signIn.CheckPasswordSignInAsync(user, World.Password, lockoutOnFailure: false)).IsNotAllowed);
            await Assert.ThrowsAsync<InvalidOperationException>(() => signIn.SignInAsync(user, isPersistent: false));
            return true;
        });
    }

    private static async Task<Actor> DisabledNinaAsync(TestPortal portal, Func<Actor, Task>? before = null)
    {
        var world = new World(portal);
        var (nina, support) = (await world.PersonAsync("Nina Novak", Address), await world.SupportAsync());
        await (before?.Invoke(nina) ?? Task.CompletedTask);
        await world.DisableAsync(nina, support);
        return nina;
    }

    private static async Task<(Actor Client, Actor Support, string Secret, string Link)> DisabledClientAsync(TestPortal portal)
    {
        var made = await CreatedClientAsync(portal);
        await new World(portal).DisableAsync(made.Client, made.Support);
        return made;
    }

    /// <summary>A client that a partner created and that never came; its one-time password and link as its mail holds them.</summary>
    private static async Task<(Actor Client, Actor Support, string Secret, string Link)> CreatedClientAsync(TestPortal portal)
    {
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"));
        await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Nina Novak", Address, null, "DE", "en", null)], partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var (_, text) = await portal.MailAsync(Address, MailKinds.AccountReady);
        var secret = System.Text.RegularExpressions.Regex.Match(text, "[a-z0-9]{3}(-[a-z0-9]{3}){5}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        return (await ActorAsync(portal), support, secret, await portal.MailedPathAsync(Address, MailKinds.AccountReady, "/Identity/Account/Start/"));
    }

    private static async Task<Actor> ActorAsync(TestPortal portal)
    {
        var (user, account) = await portal.ReadAsync(async db =>
        {
            var row = await db.Members.Where(m => m.User!.Email == Address).Select(m => new { m.UserId, m.AccountId }).SingleAsync();
            return (row.UserId, row.AccountId);
        });
        return new Actor(user, "Nina Novak", account, "Nina Novak", MemberRole.Admin);
    }

    private static Task<bool> IsConfirmedAsync(TestPortal portal) => portal.ReadAsync(db => db.Users.Where(u => u.Email == Address).Select(u => u.EmailConfirmed).SingleAsync());

    private static Task<string?> HashAsync(TestPortal portal) => portal.ReadAsync(db => db.Users.Where(u => u.Email == Address).Select(u => u.PasswordHash).SingleAsync());
}
