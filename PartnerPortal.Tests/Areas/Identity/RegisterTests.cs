using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

public sealed class RegisterTests
{
    private const string Address = "nina@novak.test";

    [Fact]
    public async Task Register_NewKnownAndUnconfirmedAddress_SamePageAndDifferentMail()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Known Person", "known@example.test");

        var first = await RegisterAsync(portal, Address);
        var again = await RegisterAsync(portal, Address);
        var known = await RegisterAsync(portal, "known@example.test");

        Assert.Equal(first.Path, known.Path);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Text.Replace(Address, "", StringComparison.Ordinal), known.Text.Replace("known@example.test", "", StringComparison.Ordinal));
        Assert.Equal(2, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == Address && m.Kind == MailKinds.ConfirmEmail)));
        Assert.Equal(MailKinds.AlreadyRegistered, await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == "known@example.test").Select(m => m.Kind).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Register_ByLink_ConsentIsStoredAndConfirmingOpensTheAttribution(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");

        using var visitor = new FormClient(portal, "es");
        await visitor.OpenAsync(PortalUrls.RegisterFrom(await world.CodeOfAsync(partner)));
        Assert.Contains("Brightwater Systems verá", visitor.Text, StringComparison.Ordinal);
        await visitor.SendAsync(Filled(Address), "Crear mi cuenta");
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync()));

        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));
        Assert.Contains("Brightwater Systems", visitor.Text, StringComparison.Ordinal);
        var consent = await portal.ReadAsync(db => db.Consents.SingleAsync(c => c.Kind == ConsentKind.Data));
        Assert.Equal((partner.AccountId, ConsentWording.Current, "es", portal.Clock.Now), ((long?)consent.PartnerId, consent.WordingVersion, consent.Language, consent.GivenAt));
        Assert.Equal(CameBy.Link, await portal.ReadAsync(db => db.Attributions.Where(a => a.PartnerId == partner.AccountId && a.EndedAt == null).Select(a => a.CameBy).SingleAsync()));

        await visitor.SignInAsync(Address);
        Assert.Equal(PortalUrls.MyPartner, visitor.Path);
    }

    [Fact]
    public async Task Register_PartnerTakenAway_NoAttributionAndNothingTypedIsLost()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterFrom(await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"))));

        await visitor.SendAsync(Filled(Address), "Go on without");

        Assert.DoesNotContain("Brightwater", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(Address, visitor.Page.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        await visitor.SendAsync(Filled(Address), "Create my account");
        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync()));
    }

    [Fact]
    public async Task Register_TypedCodeAndCookie_TypedWinsAndReceiptListsBoth()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (byCookie, typed) = (await world.IntegratorAsync("By Cookie"), await world.IntegratorAsync("By Code"));
        using var visitor = new FormClient(portal);
        var seal = portal.Services.GetRequiredService<TouchSeal>();
        visitor.Http.DefaultRequestHeaders.Add("Cookie", $"{TouchSeal.CookieName}={seal.Add([], new Touch(await world.CodeOfAsync(byCookie), portal.Clock.Now, null, null))}");

        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        Assert.Contains("By Cookie", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.RegisterAccount, ("code", await world.CodeOfAsync(typed))));
        await visitor.SendAsync(Filled(Address), "Create my account");
        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));

        var receipt = await portal.ReadAsync(db => db.Receipts.SingleAsync());
        Assert.Equal(AttributionRule.TypedCode, receipt.Rule);
        Assert.Equal(
            [(typed.AccountId!.Value, ContenderOutcome.Won), (byCookie.AccountId!.Value, ContenderOutcome.LaterRule)],
            receipt.Contenders.Select(c => (c.PartnerId, c.Outcome)));
    }

    [Fact]
    public async Task Register_CodeTypedWithoutSeeingThePartner_FormIsShownAgainWithIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);

        await visitor.SendAsync(new(Filled(Address)) { ["Input.Code"] = code.ToLowerInvariant() }, "Create my account");

        Assert.Contains("Brightwater Systems will see", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.Users.CountAsync(u => u.Email == Address)));
        await visitor.SendAsync(Filled(Address), "Create my account");
        Assert.Equal(1, await portal.ReadAsync(db => db.PendingReferrals.CountAsync()));
    }

    [Theory]
    [InlineData("AAAAAAAA", "We do not know this code")]
    [InlineData("no code", "We do not know this code")]
    [InlineData(null, "takes no new clients")]
    public async Task Check_CodeThatBringsNobody_SaysSoBesideTheField(string? code, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var suspended = await world.IntegratorAsync("Suspended");
        await world.SuspendAsync(suspended);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);

        await visitor.SendAsync(new() { ["Input.Code"] = code ?? await world.CodeOfAsync(suspended) }, "Check the code");

        Assert.Contains(visitor.Errors, e => e.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Register_WrongInput_EachIsSaidBesideItsField()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);

        await visitor.SendAsync(new() { ["Input.FullName"] = " ", ["Input.Email"] = "nina@novak", ["Input.Password"] = "short" }, "Create my account");

        Assert.Equal(["Type your name.", "The part after @ is not complete: “novak” lacks an ending such as “.com”.", "Make it longer: at least 10 characters."], visitor.Errors);
        Assert.Equal("nina@novak", visitor.Page.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        Assert.Null(visitor.Page.QuerySelector("[name='Input.Password']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task RegisterEndpoint_NumberExternalIdAndUnknown_LeadToTheJoinPageOrSaySo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var code = await world.CodeOfAsync(partner);
        using var visitor = new FormClient(portal);

        Assert.Equal(PortalUrls.Join(code), await RedirectAsync(visitor, $"/register?ref={10_000 + partner.AccountId}"));
        Assert.Equal(PortalUrls.Join(code, "abc"), await RedirectAsync(visitor, $"/register?code={code.ToLowerInvariant()}&i=abc"));
        await visitor.OpenAsync("/register?refexternal=nobody");
        Assert.Contains("names a partner we do not know", visitor.Text, StringComparison.Ordinal);
        await world.SuspendAsync(partner);
        await visitor.OpenAsync("/register?code=" + code);
        Assert.Contains("Brightwater Systems takes no new clients", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeCheck_KnownUnknownInactive_SaysWhichAndStopsGuessing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        using var visitor = new FormClient(portal);
        var code = await world.CodeOfAsync(partner);

        Assert.Equal("""{"state":"known","name":"Brightwater Systems"}""", await visitor.Http.GetStringAsync(PortalUrls.ReferralCodeCheck(code)));
        Assert.Equal("""{"state":"unknown"}""", await visitor.Http.GetStringAsync(PortalUrls.ReferralCodeCheck("QQQQQQQQ")));
        await world.SuspendAsync(partner);
        Assert.Contains("inactive", await visitor.Http.GetStringAsync(PortalUrls.ReferralCodeCheck(code)), StringComparison.Ordinal);
        var last = 200;
        for (var i = 0; i < 30; i++)
        {
            last = (int)(await visitor.Http.GetAsync(PortalUrls.ReferralCodeCheck(code))).StatusCode;
        }

        Assert.Equal(429, last);
    }

    private static async Task<string> RedirectAsync(FormClient visitor, string path) => (await visitor.Http.GetAsync(path)).Headers.Location!.OriginalString;

    private static Dictionary<string, string> Filled(string email) =>
        new() { ["Input.FullName"] = "Nina Novak", ["Input.Email"] = email, ["Input.Password"] = World.Password };

    private static async Task<FormClient> RegisterAsync(TestPortal portal, string email)
    {
        var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.RegisterAccount);
        return await visitor.SendAsync(Filled(email), "Create my account");
    }
}
