using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Journeys.Reassigning;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>Support reassigns all clients of a partner after looking at what that means, sees it done, and undoes it: everything is as it was.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReassignTests(BrowserFixture browser)
{
    private const int Clients = 1000;

    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task Reassign_PreviewedDoneAndUndone_LeavesBalancesAsBefore()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ReassignWorld(live.Portal);
        var (staff, old, target) = (await world.People.SupportAsync(), await world.People.IntegratorAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        await SellAsync(world, old.AccountId!.Value);
        long[] both = [old.AccountId.Value, target.AccountId!.Value];
        var before = await world.Money.BalancesAsync(both);
        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SupportPartner(old.AccountId.Value));
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Reassign all its clients" }).ClickAsync();
        await Expect(page.GetByText("Clients chosen: 1,000")).ToBeVisibleAsync();
        await page.GetByLabel("Move to").Or(page.Locator("#to")).First.FillAsync("Bright");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Brightwater Systems" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "They move at their amounts" }).CheckAsync();
        await Expect(page.GetByText("goes to the new partner").First).ToBeVisibleAsync();
        await Expect(page.Locator(".fates")).ToContainTextAsync("€8,000.00");
        await page.GetByLabel("Reason").First.FillAsync("Delta Punkt gives up");
        await page.LookAsync("draft");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move 1,000 to Brightwater Systems" }).ClickAsync();

        await Expect(page.GetByText("It can be undone until")).ToBeVisibleAsync(Soon);
        Assert.Equal(800_000, (await world.Money.BalancesAsync(both))[(target.AccountId.Value, "EUR", LedgerAccount.Pending)]);
        Assert.Equal(Clients, await OfAsync(target.AccountId.Value));
        await page.LookAsync("done");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo it" }).ClickAsync();
        await Expect(page.GetByText("Say why.")).ToBeVisibleAsync();
        await page.Locator("#undo-reason").FillAsync("It was the wrong partner");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo it" }).ClickAsync();
        await Expect(page.GetByText("It was the wrong partner")).ToBeVisibleAsync(Soon);

        Assert.Equal(Clients, await OfAsync(old.AccountId.Value));
        await live.Portal.CallAsync<ReleaseCommissions, int>(r => r.ExecuteAsync(default));
        Assert.Equal(before, await world.Money.BalancesAsync(both));
        Assert.Empty(await world.FindingsAsync());

        Task<int> OfAsync(long partner) => live.Portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == partner && a.EndedAt == null));
    }

    [Fact]
    public async Task Search_SomeChosen_LeadsToTheirPreview()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ReassignWorld(live.Portal);
        var staff = await world.People.SupportAsync();
        await world.People.PersonAsync("Nina Novak");
        await world.People.PersonAsync("Omar Haddad");
        await using var context = await browser.OpenAsync(live, staff, width: 390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SupportClients);
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Choose Nina Novak" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Choose Omar Haddad" }).CheckAsync();
        await page.LookAsync("search");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reassign the chosen (2)" }).ClickAsync();

        await Expect(page.GetByText("Clients chosen: 2")).ToBeVisibleAsync();
        await page.GotoAsync(PortalUrls.SupportReassignments);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "No. 1, no partner chosen yet" })).ToBeVisibleAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
    }

    [Fact]
    public async Task Record_OneClient_LeadsToTheSamePreview()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ReassignWorld(live.Portal);
        var (staff, client) = (await world.People.SupportAsync(), await world.People.PersonAsync("Nina Novak"));
        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SupportClient(client.AccountId!.Value));
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign a partner" }).ClickAsync();
        var preview = page.GetByRole(AriaRole.Button, new() { Name = "Preview with its money" });
        await Expect(preview).ToBeVisibleAsync();
        await page.LookAsync("one");
        await preview.ClickAsync();

        await Expect(page.GetByText("Clients chosen: 1")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(PortalUrls.SupportReassignments + "/1");
    }

    /// <summary>Each of the clients bought for 80 euros, of which the partner gets a tenth, at once available.</summary>
    private static async Task SellAsync(ReassignWorld world, long partner)
    {
        await world.Money.AssignAsync(PlanScope.Program, 0, await world.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 0 }));
        var clients = await world.Money.PartnersAsync(Clients);
        foreach (var client in clients)
        {
            await world.Money.AttributeAsync(client, partner);
        }

        foreach (var batch in clients.Chunk(RecordPurchases.Most))
        {
            var done = await world.Money.Portal.CallAsync<RecordPurchases, Result<BatchRecorded>>(r => r.ExecuteAsync([.. batch.Select(c => world.Money.Purchase(c, $"p-{c}"))], null, MoneyWorld.Machine, default));
            Assert.All(done.Value.Items, i => Assert.True(i!.Value.Ok));
        }

        await world.Money.ReleaseAsync();
    }
}
