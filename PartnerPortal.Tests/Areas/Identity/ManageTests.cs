using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

public sealed class ManageTests
{
    private const string Address = "nina@novak.test";
    private const string Chosen = "chosen by myself 7";

    [Fact]
    public async Task ForgotPassword_KnownAndUnknown_SamePage_LinkWorksOnceAndNoticeIsSent()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.ForgotPassword);
        await visitor.SendAsync(new() { ["Email"] = "unknown@example.test" });
        var unknown = visitor.Text;
        await visitor.OpenAsync(PortalUrls.ForgotPassword);
        await visitor.SendAsync(new() { ["Email"] = Address });
        Assert.Equal(unknown, visitor.Text);
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));

        var link = await portal.MailedPathAsync(Address, MailKinds.ResetPassword, PortalUrls.ResetPassword);
        await visitor.OpenAsync(link);
        await visitor.SendAsync(new() { ["Password"] = Chosen });
        Assert.Contains("Sign in with your new password", visitor.Text, StringComparison.Ordinal);
        await portal.MailAsync(Address, MailKinds.SecurityNotice);
        await visitor.OpenAsync(link);
        await visitor.SendAsync(new() { ["Password"] = Chosen + "!" });
        Assert.Contains("This link no longer works", visitor.Text, StringComparison.Ordinal);
        await visitor.SignInAsync(Address, Chosen);
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ChangeEmail_Confirmed_SignInAccountAndPartnersLineFollow(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var nina = await world.PersonAsync("Nina Novak", Address);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), nina, default));
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address);

        await visitor.OpenAsync(PortalUrls.Manage + "/Email");
        await visitor.SendAsync(new() { ["NewEmail"] = "nina@new.test", ["Password"] = "wrong" });
        Assert.Equal("This is not your present password.", visitor.Errors.Single());
        await visitor.SendAsync(new() { ["NewEmail"] = "nina@new.test", ["Password"] = World.Password });
        Assert.Contains("We sent a mail to nina@new.test", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(Address, await portal.ReadAsync(db => db.Users.Where(u => u.Id == nina.UserId).Select(u => u.Email).SingleAsync()));

        await visitor.OpenAsync(await portal.MailedPathAsync("nina@new.test", MailKinds.ConfirmNewEmail, PortalUrls.ConfirmEmailChange));
        Assert.Contains("Your new e-mail is confirmed", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("nina@new.test", await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == nina.AccountId).Select(a => a.Email).SingleAsync()));
        Assert.Equal("nina@new.test", await portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == nina.AccountId).Select(r => r.Email).SingleAsync()));
        await portal.MailAsync(Address, MailKinds.SecurityNotice);
        using var other = new FormClient(portal);
        await other.SignInAsync(Address);
        Assert.False(await other.IsSignedInAsync());
        await other.SignInAsync("NINA@new.test");
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task ChangeEmail_AddressOfAnother_SameWordsAndOnlyItsOwnerIsTold()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.PersonAsync("Nina Novak", Address);
        await world.PersonAsync("Other", "other@example.test");
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address);

        await visitor.OpenAsync(PortalUrls.Manage + "/Email");
        await visitor.SendAsync(new() { ["NewEmail"] = "other@example.test", ["Password"] = World.Password });

        Assert.Contains("We sent a mail to other@example.test", visitor.Text, StringComparison.Ordinal);
        Assert.Equal([MailKinds.SecurityNotice], await portal.ReadAsync(db => db.OutboxMessages.Select(m => m.Kind).ToListAsync()));
    }

    [Fact]
    public async Task ChangePassword_OtherSessionsEnd()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var here = new FormClient(portal);
        using var elsewhere = new FormClient(portal);
        await here.SignInAsync(Address);
        await elsewhere.SignInAsync(Address);

        await here.OpenAsync(PortalUrls.Manage + "/ChangePassword");
        await here.SendAsync(new() { ["Current"] = World.Password, ["Password"] = Chosen });
        Assert.Contains("Your password is changed", here.Text, StringComparison.Ordinal);
        portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True(await here.IsSignedInAsync());
        Assert.False(await elsewhere.IsSignedInAsync());
    }

    [Fact]
    public async Task Profile_NameAndLanguage_AccountFollowsAndThePageSpeaksIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var nina = await new World(portal).PersonAsync("Nina Novak", Address);
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address);

        await visitor.OpenAsync(PortalUrls.Manage);
        await visitor.SendAsync(new() { ["Name"] = "Nina Nováková", ["Language"] = "es" });

        Assert.Contains("Guardado.", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(("Nina Nováková", "es"), await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == nina.AccountId).Select(a => new ValueTuple<string, string>(a.Name, a.Language)).SingleAsync()));
    }

    [Fact]
    public async Task TwoFactor_SetUpThenSignIn_AsksForDigitsAndTakesARecoveryCodeOnce()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address);
        await visitor.OpenAsync(PortalUrls.Manage + "/EnableAuthenticator");
        var key = visitor.Page.QuerySelector("main .steps code")!.TextContent;
        Assert.NotNull(visitor.Page.QuerySelector(".authenticator-qr svg"));
        await visitor.SendAsync(new() { ["Digits"] = "000000" });
        Assert.Contains("do not fit", visitor.Errors.Single(), StringComparison.Ordinal);
        await visitor.SendAsync(new() { ["Digits"] = Totp.Now(key) });
        var codes = visitor.Page.QuerySelector("#codes")!.TextContent.Split('\n');
        Assert.Equal(10, codes.Length);
        Assert.True(await visitor.IsSignedInAsync());

        using var byApp = new FormClient(portal);
        await byApp.SignInAsync(Address, returnUrl: PortalUrls.Manage);
        Assert.StartsWith("/Identity/Account/LoginWith2fa", byApp.Path, StringComparison.Ordinal);
        Assert.False(await byApp.IsSignedInAsync());
        await byApp.SendAsync(new() { ["Digits"] = Totp.Now(key) });
        Assert.Equal(PortalUrls.Manage, byApp.Path);

        foreach (var expected in new[] { true, false })
        {
            using var byCode = new FormClient(portal);
            await byCode.SignInAsync(Address);
            await byCode.OpenAsync("/Identity/Account/LoginWithRecoveryCode");
            await byCode.SendAsync(new() { ["Typed"] = codes[3].ToUpperInvariant() });
            Assert.Equal(expected, await byCode.IsSignedInAsync());
        }

        await visitor.OpenAsync(PortalUrls.Manage + "/Disable2fa");
        await visitor.SendAsync(button: "Turn off");
        using var plain = new FormClient(portal);
        await plain.SignInAsync(Address);
        Assert.True(await plain.IsSignedInAsync());
    }

    [Fact]
    public async Task PersonalData_DownloadThenDelete_HoldsWhatIsKeptThenNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var nina = await world.PersonAsync("Nina Novak", Address);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), nina, default));
        using var visitor = new FormClient(portal);
        await visitor.SignInAsync(Address);
        await visitor.OpenAsync(PortalUrls.Manage + "/PersonalData");
        var token = visitor.Page.QuerySelector("main form [name='__RequestVerificationToken']")!.GetAttribute("value")!;

        using var answer = await visitor.Http.PostAsync(PortalUrls.Manage + "/DownloadPersonalData", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        using var data = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Address, data.RootElement.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("Brightwater Systems", data.RootElement.GetProperty("attributions")[0].GetProperty("partner").GetString());
        Assert.Equal(2, data.RootElement.GetProperty("consents").GetArrayLength());

        Assert.Equal(MailKinds.PartnerConfirmed, data.RootElement.GetProperty("mails")[0].GetProperty("kind").GetString());
        using var page = await visitor.Http.PostAsync(PortalUrls.DownloadPersonalData, new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("as", "html")]));
        var read = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        Assert.Equal(("personal-data.html", "text/html"), (page.Content.Headers.ContentDisposition!.FileName, page.Content.Headers.ContentType!.MediaType));
        Assert.Equal(13, read.QuerySelectorAll("h2").Length);
        Assert.Contains(read.QuerySelectorAll("dd"), d => d.TextContent == Address);
        Assert.Contains(read.QuerySelectorAll("dd"), d => d.TextContent == "May ask for access");
        Assert.DoesNotContain("My.", read.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(PortalUrls.DownloadPersonalData, await visitor.Http.GetStringAsync(new Uri(PortalUrls.Profile, UriKind.Relative)), StringComparison.Ordinal);

        await visitor.OpenAsync(PortalUrls.Manage + "/DeletePersonalData");
        await visitor.SendAsync(new() { ["Password"] = "wrong" });
        Assert.Equal("This is not your present password.", visitor.Errors.Single());
        await visitor.SendAsync(new() { ["Password"] = World.Password });
        Assert.Contains("Your account is deleted", visitor.Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal(0, await portal.ReadAsync(db => db.Users.CountAsync(u => u.Id == nina.UserId)));
        Assert.Equal(AccountState.Closed, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == nina.AccountId).Select(a => a.State).SingleAsync()));
    }
}
