using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

public sealed class PayoutPagesTests
{
    [Fact]
    public async Task PayoutsPage_BankDetailsThenRequest_ShowsThePayout()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync(payee: false);
        await world.EarnAsync(partner, 1200);
        await using var pages = new ClientPages(portal, partner);
        var page = pages.Render<PayoutsPage>();

        Assert.Contains("Say below where your money goes", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("button[aria-haspopup=dialog]", b => b.ClickAsync());
        await page.ActAsync("#payee-holder", i => i.InputAsync("Brightwater Systems Ltd"));
        await page.ActAsync("#payee-number", i => i.InputAsync("DE89370400440532013001"));
        await page.ActAsync("#payee-address", i => i.InputAsync("Hafenstraße 1\n20457 Hamburg"));
        await page.ActAsync("#payee-country", i => i.ChangeAsync("DE"));
        await page.ActAsync("#payee-form", f => f.SubmitAsync());
        Assert.Contains("This IBAN has a wrong digit", page.Find("#payee-number-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#payee-number", i => i.InputAsync("DE89 3704 0044 0532 0130 00"));
        await page.ActAsync("#payee-form", f => f.SubmitAsync());

        Assert.Contains("Your bank details are saved", page.Markup, StringComparison.Ordinal);
        Assert.Contains("•••• 3000", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("0532", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("section.ledger .btn.primary", b => b.ClickAsync());
        await page.ActAsync("dialog footer .btn.primary", b => b.ClickAsync());
        Assert.Contains("Payout P-000001 is requested", page.Markup, StringComparison.Ordinal);
        var row = page.Find("table.list tbody tr").TextContent;
        Assert.Contains("Waits for approval", row, StringComparison.Ordinal);
        Assert.Contains("€12.00", row, StringComparison.Ordinal);
        Assert.Equal(["€0.00", "€12.00", "€0.00"], page.FindAll(".figures dd bdi").Select(f => f.TextContent));
        // Asked too early: it is taken back, and asked for again.
        await page.ActAsync("button[aria-label='Withdraw P-000001']", b => b.ClickAsync());
        Assert.Contains("P-000001 is withdrawn", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("section.ledger .btn.primary", b => b.ClickAsync());
        await page.ActAsync("dialog footer .btn.primary", b => b.ClickAsync());
        Assert.Contains("Payout P-000002 is requested", page.Markup, StringComparison.Ordinal);
        // What comes of it shows by itself.
        await world.FailAsync(2, await world.People.SupportAsync(), "Your bank sent it back.");
        page.WaitForAssertion(() => Assert.Contains("Your bank sent it back.", page.Find("table.list tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SupportPage_ApproveExportPaid_GoesThroughTheStates()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var (partner, own) = (await world.PartnerAsync(), await world.PartnerAsync("Delta Punkt"));
        var staff = await world.People.OwnerAsync();
        await world.JoinAsync(staff, own);
        await world.EarnAsync(partner, 1200);
        await world.EarnAsync(own, 700);
        var payout = (await world.RequestAsync(partner)).Value;
        await world.RequestAsync(own);
        await using var pages = new ClientPages(portal, staff);
        var page = pages.Render<SupportPayoutsPage>();

        Assert.Equal(2, page.FindAll("table.list tbody tr").Count);
        Assert.Contains("An account of your own", page.FindAll("table.list tbody tr")[0].TextContent, StringComparison.Ordinal);
        await page.ActAsync("button[aria-label='Approve P-000001']", b => b.ClickAsync());
        Assert.Equal(PayoutState.Approved, await world.StateAsync(payout));
        await page.ActAsync(".acts button", b => b.ClickAsync());
        Assert.Contains("1 payout is in a bank file", page.Markup, StringComparison.Ordinal);
        Assert.Equal(PortalUrls.BankFile(1), page.Find(".notice .links a").GetAttribute("href"));
        pages.Navigation.NavigateTo(PortalUrls.SupportPayoutsIn("exported"));
        page = pages.Render<SupportPayoutsPage>();
        await page.ActAsync("button[aria-haspopup=dialog]", b => b.ClickAsync());
        Assert.Contains("1 payout is marked as paid, and its partner gets a mail.", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("dialog[aria-labelledby] footer .btn.primary", b => b.ClickAsync());
        Assert.Equal(PayoutState.Paid, await world.StateAsync(payout));
        Assert.Contains("1 payout is marked as paid.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SupportPage_Decline_AsksWhyAndGivesTheMoneyBack()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.EarnAsync(partner, 1200);
        await world.RequestAsync(partner);
        await using var pages = new ClientPages(portal, await world.People.SupportAsync());
        var page = pages.Render<SupportPayoutsPage>();

        await page.ActAsync("button[aria-haspopup=dialog]", b => b.ClickAsync());
        await page.ActAsync("dialog .btn.danger", b => b.ClickAsync());
        Assert.Contains("Say why", page.Find("#fail-reason-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#fail-reason", i => i.InputAsync("The name does not match."));
        await page.ActAsync("dialog .btn.danger", b => b.ClickAsync());

        Assert.Equal((1200, 0, 0), await world.WalletAsync(partner));
        Assert.Contains("Nothing waits for approval", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsPage_RulesOfTheOwner_AreKeptAndWrongOnesNamed()
    {
        await using var portal = await TestPortal.StartAsync();
        var owner = await new World(portal).OwnerAsync();
        await using var pages = new ClientPages(portal, owner);
        var page = pages.Render<PayoutSettingsPage>();

        await page.ActAsync("#payout-minimums", i => i.InputAsync("EUR 25\nDoubloons 3"));
        await page.ActAsync("form", f => f.SubmitAsync());
        Assert.Contains("Doubloons 3", page.Find("#payout-minimums-error").TextContent, StringComparison.Ordinal);
        Assert.False(await portal.ReadAsync(db => db.PayoutSettings.AnyAsync()));
        await page.ActAsync("#payout-minimums", i => i.InputAsync("EUR 25\nKWD 1.500"));
        await page.ActAsync("#payout-approval", i => i.ChangeAsync(false));
        await page.ActAsync("form", f => f.SubmitAsync());

        var kept = await portal.ReadAsync(db => db.PayoutSettings.SingleAsync());
        Assert.Equal((2500, 1500, false, 1), (kept.Minimums["EUR"], kept.Minimums["KWD"], kept.NeedsApproval, kept.Version));
        Assert.Contains("The rules are saved", page.Markup, StringComparison.Ordinal);
        var late = new PayoutSettingsForm();
        Assert.IsType<PayoutSettingsChangedMeanwhile>((await portal.CallAsync<ChangePayoutSettings, Result<int>>(c => c.ExecuteAsync(late, owner, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<ChangePayoutSettings, Result<int>>(async c => await c.ExecuteAsync(late, await new World(portal).SupportAsync(), default))).Error);
    }
}
