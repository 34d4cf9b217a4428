using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>
/// What an integrator is here for, as people do it: a client comes by link, picks a plan first, registers and buys with its discount; support marks it paid; three levels read what
/// they get; a part is refunded; the holding period passes; and a payout is requested, approved, exported and paid. The clock is the test's.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class MoneyStoryTests(BrowserFixture browser)
{
    private const string Client = "nina@novak-lamps.test";
    private const string Own = "a password of my own";
    private const string Iban = "DE89370400440532013000";

    [Fact]
    public async Task MoneyStory_FromLinkToPayout_IsRightToTheCent()
    {
        await using var live = await LivePortal.StartAsync(still: true);
        // A browser drops cookies by the real time.
        live.Portal.Clock.Advance(DateTime.UtcNow - live.Portal.Clock.Now);
        var cast = await CastAsync(live.Portal);
        var code = await cast.People.CodeOfAsync(cast.Partners[0]);

        await using var visitors = await browser.OpenAsync(live, width: 390);
        var visitor = await visitors.NewPageAsync();
        await ChooseAsync(visitor, code);
        await RegisterAsync(live, visitor);
        var invoice = await OrderAsync(visitor);
        live.Portal.Clock.Advance(TimeSpan.FromHours(3));
        await MarkPaidAsync(live, cast.Support, invoice);
        await Expect((await ReloadAsync(visitor)).GetByText("Thank you.")).ToBeVisibleAsync();

        await using (var partners = await browser.OpenAsync(live, cast.Partners[0]))
        {
            var wallet = await OpenAsync(partners, PortalUrls.Wallet);
            await ReadLinesAsync(live, cast, wallet);
            live.Portal.Clock.Advance(TimeSpan.FromHours(2));
            await RefundAsync(live, cast.Support);
            await ReadRefundAsync(live, cast, wallet);
        }

        live.Portal.Clock.Advance(TimeSpan.FromDays(31));
        await live.Portal.CallAsync<ReleaseCommissions, int>(r => r.ExecuteAsync(default));
        await using var earners = await browser.OpenAsync(live, cast.Partners[0], width: 390);
        var payouts = await OpenAsync(earners, PortalUrls.Payouts);
        await RequestAsync(payouts);
        await PayOutAsync(live, cast.Support);

        await Expect(Row(payouts, "P-000001")).ToContainTextAsync("Paid");
        await Expect(payouts.Locator("main")).ToContainTextAsync("Nothing is available now.");
        await payouts.GotoAsync(PortalUrls.Wallet);
        await Expect(payouts.Locator(".figures")).ToContainTextAsync("Paid out€9.62");
        var mail = await live.MailAsync("hello@brightwater.test", m => m["Subject"].Contains("€9.62", StringComparison.Ordinal) && m.Text.Contains("paid", StringComparison.Ordinal));
        Assert.Contains("P-000001", mail.Text, StringComparison.Ordinal);
        Assert.Empty((await live.Portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);
    }

    /// <summary>Brightwater was brought by Delta Punkt, and that by Nordwind; the plan and its price are such that cents must be rounded.</summary>
    private static async Task<Cast> CastAsync(TestPortal portal)
    {
        var (shop, money) = (new ShopWorld(portal), new MoneyWorld(portal));
        var rules = new PlanRules { Levels = [LevelRate.Share(1250), LevelRate.Share(300), LevelRate.Share(100)], HoldDays = 30, Discount = new ClientDiscount(1000, null) };
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(rules, "Standard"));
        await shop.PlanAsync("team-yearly", "129.95 EUR", "Team, a year", "19 %");
        Actor[] partners =
        [
            await shop.People.IntegratorAsync("Brightwater Systems", "hello@brightwater.test"), await shop.People.IntegratorAsync("Delta Punkt"), await shop.People.IntegratorAsync("Nordwind Beratung"),
        ];
        await money.AttributeAsync(partners[1].AccountId!.Value, partners[2].AccountId!.Value);
        await money.AttributeAsync(partners[0].AccountId!.Value, partners[1].AccountId!.Value);
        return new Cast(shop.People, partners, await shop.People.SupportAsync());
    }

    /// <summary>The link, and from it to the plans: the discount is off already, and it is said by whom it is.</summary>
    private static async Task ChooseAsync(IPage page, string code)
    {
        await page.GotoAsync("/r/" + code);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Brightwater Systems invites you");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the plans" }).ClickAsync();
        var main = page.Locator("main");
        await Expect(main).ToContainTextAsync("Brightwater Systems brings you a discount");
        await Expect(main).ToContainTextAsync("Your first purchase costs 10% less. The prices here have it taken off already.");
        await Expect(main).ToContainTextAsync("€116.95 a year");
        await Expect(main).ToContainTextAsync("Later €129.95 a year");
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose Team, a year" }).ClickAsync();
    }

    /// <summary>What was chosen and who brought it are still there after the mail.</summary>
    private static async Task RegisterAsync(LivePortal live, IPage page)
    {
        await Expect(page.GetByText("Go on without Brightwater Systems")).ToBeVisibleAsync();
        await page.GetByLabel("Full name").FillAsync("Nina Novak");
        await page.GetByLabel("E-mail").FillAsync(Client);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Own);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("mail");
        var mail = await live.MailAsync(Client);
        await page.GotoAsync(mail.LinkWith("ConfirmEmail"));
        await Expect(page.Locator("main")).ToContainTextAsync("Brightwater Systems");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(Client);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Own);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order Team, a year");
    }

    /// <returns>The invoice's number.</returns>
    private static async Task<string> OrderAsync(IPage page)
    {
        var main = page.Locator("main");
        await Expect(main).ToContainTextAsync("The discount comes from Brightwater Systems, for your first purchase only.");
        await Expect(Row(page, "First-purchase discount")).ToContainTextAsync("-€13.00");
        await Expect(Row(page, "Tax 19%")).ToContainTextAsync("€22.22");
        await page.GetByLabel("Name or firm").FillAsync("Novak Lamps Ltd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Order for €139.17" }).ClickAsync();
        await Expect(main).ToContainTextAsync("Thank you, your order is placed");
        await Expect(main).ToContainTextAsync("To be paid");
        return await page.Locator("dl.terms bdi").First.InnerTextAsync();
    }

    private async Task MarkPaidAsync(LivePortal live, Actor support, string invoice)
    {
        await using var context = await browser.OpenAsync(live, support);
        var page = await OpenAsync(context, PortalUrls.SupportOrders);
        await Expect(Row(page, invoice)).ToContainTextAsync("€139.17");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark paid: " + invoice }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It is paid" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync($"Invoice {invoice} is paid.");
    }

    /// <summary>Each level reads its own line and why it is so high; nobody reads another's.</summary>
    private async Task ReadLinesAsync(LivePortal live, Cast cast, IPage first)
    {
        var until = live.Portal.Clock.Now.AddDays(30).ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en"));
        await ReadAsync(first, "+€14.62", $"12.5% of €116.95, level 1 of plan Standard v1. On hold until {until}.", "Commission: N. N., team-yearly", "On hold€14.62");
        var others = new[] { ("+€3.51", $"3% of €116.95, level 2 of plan Standard v1. On hold until {until}.", "On hold€3.51"), ("+€1.17", $"1% of €116.95, level 3 of plan Standard v1. On hold until {until}.", "On hold€1.17") };
        foreach (var (partner, (amount, why, held)) in cast.Partners.Skip(1).Zip(others))
        {
            await using var context = await browser.OpenAsync(live, partner);
            var page = await OpenAsync(context, PortalUrls.Wallet);
            await ReadAsync(page, amount, why, "Level", held);
            await Expect(page.Locator("main")).Not.ToContainTextAsync("Nina Novak");
        }
    }

    private static async Task ReadAsync(IPage page, string amount, string why, string title, string figure)
    {
        var row = Row(page, amount);
        await Expect(row).ToContainTextAsync(why);
        await Expect(row).ToContainTextAsync(title);
        await Expect(page.Locator(".figures")).ToContainTextAsync(figure);
    }

    private async Task RefundAsync(LivePortal live, Actor support)
    {
        await using var context = await browser.OpenAsync(live, support);
        var page = await OpenAsync(context, PortalUrls.SupportPurchases);
        await page.GetByRole(AriaRole.Link, new() { Name = "Nina Novak, team-yearly" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Level 3: Nordwind Beratung");
        await Expect(page.Locator("main")).ToContainTextAsync("By an order here");
        await page.GetByLabel("Amount in EUR").FillAsync("40.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the refund" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The refund is recorded");
        foreach (var (level, taken, left) in new[] { ("Level 1: Brightwater Systems", "€5.00", "+€9.62"), ("Level 2: Delta Punkt", "€1.20", "+€2.31"), ("Level 3: Nordwind Beratung", "€0.40", "+€0.77") })
        {
            await Expect(Row(page, level)).ToContainTextAsync($"Refunds took back {taken} of it.");
            await Expect(Row(page, level)).ToContainTextAsync(left);
        }
    }

    /// <summary>The first one's page is still open, and shows it by itself.</summary>
    private async Task ReadRefundAsync(LivePortal live, Cast cast, IPage first)
    {
        await ReadAsync(first, "+€9.62", "€40.00 of €116.95 was refunded, and so much of your share taken back.", "12.5% of €116.95", "On hold€9.62");
        await first.GetByText("How it is reckoned").ClickAsync();
        await Expect(Row(first, "Refunded: €40.00 of €116.95").Last).ToContainTextAsync("-€5.00");
        foreach (var (partner, amount) in cast.Partners.Skip(1).Zip(["€2.31", "€0.77"]))
        {
            await using var context = await browser.OpenAsync(live, partner);
            await ReadAsync(await OpenAsync(context, PortalUrls.Wallet), "+" + amount, "€40.00 of €116.95 was refunded", "", "On hold" + amount);
        }
    }

    /// <summary>What is in the way is said one after the other: the terms, then where the money goes.</summary>
    private static async Task RequestAsync(IPage page)
    {
        await Expect(page.Locator(".figures")).ToContainTextAsync("Available€9.62");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Read the terms and accept them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept version 1" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("You accepted version 1");

        await page.GotoAsync(PortalUrls.Payouts);
        await page.LiveAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Say below where your money goes, then you can request it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add bank details" }).ClickAsync();
        await page.GetByLabel("Account holder").FillAsync("Brightwater Systems Ltd");
        await page.GetByLabel("IBAN or account number").FillAsync("DE89 3704 0044 0532 0130 00");
        await page.GetByLabel("Address").FillAsync("Hafenstraße 1\n20457 Hamburg");
        await page.GetByLabel("Country").SelectOptionAsync("DE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("•••• 3000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Request €9.62" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Request payout" }).ClickAsync();
        await Expect(Row(page, "P-000001")).ToContainTextAsync("Waits for approval");
    }

    private async Task PayOutAsync(LivePortal live, Actor support)
    {
        await using var context = await browser.OpenAsync(live, support);
        var page = await OpenAsync(context, PortalUrls.SupportPayouts);
        await Expect(Row(page, "Brightwater Systems")).ToContainTextAsync("€9.62");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve P-000001" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bank file of 1 payout" }).ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the bank file" }).ClickAsync());
        var line = (await File.ReadAllLinesAsync(await file.PathAsync())).Single(l => l.Contains("P-000001", StringComparison.Ordinal));
        Assert.Contains(Iban, line, StringComparison.Ordinal);
        Assert.Contains("9.62", line, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "At the bank" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as paid: P-000001" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("P-000001 is paid");
    }

    private static ILocator Row(IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    private static async Task<IPage> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.LiveAsync();
        return page;
    }

    private static async Task<IPage> ReloadAsync(IPage page)
    {
        await page.ReloadAsync();
        return page;
    }

    /// <param name="Partners">By level.</param>
    private sealed record Cast(World People, IReadOnlyList<Actor> Partners, Actor Support);
}
