using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Support;

/// <summary>Support disables a person where it sees it: in the client's file and among a partner's members.</summary>
public sealed class MembersTableTests
{
    [Fact]
    public async Task Partner_DisableWithReasonThenUndo_ShowsBadgeAndTakesItAway()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"));
        await world.ColleagueAsync(partner, "Tomás Vidal", MemberRole.Seller);
        await using var browser = new ClientPages(portal, support);
        var page = browser.Render<SupportPartner>(p => p.Add(s => s.Id, partner.AccountId!.Value));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".people tbody tr").Count));

        await page.ActAsync(".people tbody tr:nth-child(2) .do button", e => e.ClickAsync());
        Assert.Contains("Tomás Vidal is signed out on every device within seconds", page.Find("dialog .sub:not(:empty)").TextContent, StringComparison.Ordinal);
        await page.ActAsync("dialog footer .danger", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Write why", page.Find("#disable-reason-error").TextContent, StringComparison.Ordinal));
        await page.ActAsync("#disable-reason", e => e.ChangeAsync("Left the firm."));
        await page.ActAsync("dialog footer .danger", e => e.ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("Tomás Vidal can no longer sign in", page.Find(".notice.ok").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#disable-reason"));
        page.WaitForAssertion(() => Assert.Contains("Left the firm.", page.Find(".people tr:nth-child(2) .off").TextContent, StringComparison.Ordinal));
        Assert.Equal("Sign-in disabled", page.Find(".people .off .badge").TextContent);
        Assert.StartsWith("Enable again", page.Find(".people tbody tr:nth-child(2) .do button").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".people .off"));

        await page.ActAsync(".notice.ok .links button", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Tomás Vidal can sign in again", page.Find(".notice.ok").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".people .off")));
        Assert.Equal(0, await portal.ReadAsync(db => db.Users.CountAsync(u => u.DisabledAt != null)));
    }

    [Fact]
    public async Task ClientFile_DisabledPerson_ShowsSinceWhenAndWhyAndTellsItInTheHistory()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, client) = (await world.SupportAsync(), await world.PersonAsync("Clara Client"));
        await world.DisableAsync(client, support, "Asked for it by phone.");
        await using var browser = new ClientPages(portal, support);

        var page = browser.Render<SupportClients>(p => p.Add(s => s.Id, client.AccountId!.Value));

        page.WaitForAssertion(() => Assert.Contains("Asked for it by phone.", page.Find(".people .off").TextContent, StringComparison.Ordinal));
        Assert.Contains("Sam Support disabled a sign-in to Clara Client", page.Find(".rec").TextContent, StringComparison.Ordinal);
        await page.ActAsync(".people .do button", e => e.ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".people .off")));
        Assert.Contains("Sam Support enabled a sign-in to Clara Client again", page.Find(".rec").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_OwnAccountAndStaff_ShowNoButton()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, owner) = (await world.SupportAsync(), await world.OwnerAsync());
        await using var browser = new ClientPages(portal, support);

        var own = browser.Render<SupportClients>(p => p.Add(s => s.Id, support.AccountId!.Value));
        own.WaitForAssertion(() => Assert.Single(own.FindAll(".people tbody tr")));
        Assert.Empty(own.FindAll(".people button"));
        var staff = browser.Render<SupportClients>(p => p.Add(s => s.Id, owner.AccountId!.Value));
        staff.WaitForAssertion(() => Assert.Contains("an owner decides", staff.Find(".people .do").TextContent, StringComparison.Ordinal));
        Assert.Empty(staff.FindAll(".people button"));
    }

    [Fact]
    public async Task Partner_DecidedByAColleagueMeanwhile_IsSaid()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, other, client) = (await world.SupportAsync(), await world.SupportAsync("Sofia Support"), await world.PersonAsync("Clara Client"));
        await using var browser = new ClientPages(portal, support);
        var page = browser.Render<SupportClients>(p => p.Add(s => s.Id, client.AccountId!.Value));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".people .do button")));
        await page.ActAsync(".people .do button", e => e.ClickAsync());
        await page.ActAsync("#disable-reason", e => e.ChangeAsync("r"));
        await world.DisableAsync(client, other, "First.");

        await page.ActAsync("dialog footer .danger", e => e.ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("Somebody has disabled this sign-in already", page.Find(".notice.bad").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("First.", page.Find(".people .off").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_BothEvents_AreTellableInEveryLanguage()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (support, client) = (await world.SupportAsync(), await world.PersonAsync("Clara Client"));
        await world.DisableAsync(client, support, "Forged invoices.");
        Assert.True((await portal.CallAsync<EnableUser, Result<Done>>(e => e.ExecuteAsync(client.UserId!.Value, client.AccountId!.Value, support, default))).Ok);

        foreach (var (language, sentence) in new[] { ("en", "disabled a sign-in to Clara Client"), ("es", "desactivó un acceso a Clara Client"), ("pt-BR", "desativou um acesso a Clara Client"), ("ar", "تعطيل دخول") })
        {
            using var staff = await PartnerPortal.Tests.Support.SignedIn.SignedInClient(portal, support, language);
            var page = await staff.ReadAsync("/support/audit?action=" + AuditActions.UserDisabled);
            Assert.Contains(sentence, page, StringComparison.Ordinal);
            Assert.Contains("Forged invoices.", page, StringComparison.Ordinal);
        }
    }
}
