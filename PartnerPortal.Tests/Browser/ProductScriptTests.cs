using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The example of the docs in a browser: from the landing page by a partner's link to an attribution.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ProductScriptTests(BrowserFixture browser)
{
    [Fact]
    public async Task Visitor_LandsAndSignsUp_IsThePartnersClient()
    {
        await using var live = await LivePortal.StartAsync();
        var (world, key) = await KeyAsync(live);
        var (first, last) = (await world.IntegratorAsync("Firsthand Systems"), await world.IntegratorAsync("Lasthand Systems"));
        await using var product = await ExampleProduct.StartAsync(live.Root, key);
        await using var context = await browser.OpenAsync(new Uri(product.Root));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/?code={await world.CodeOfAsync(first)}&s=newsletter");
        await page.GotoAsync($"/?ref={AccountNumber.Offset + last.AccountId}");
        // What other tools call by the same names is nobody's.
        await page.GotoAsync("/?code=oauth.4%2F0AX4XfWh&ref=producthunt");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await Expect(page.GetByText("Lasthand Systems will see")).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("Nora New");
        await page.GetByLabel("E-mail").FillAsync("nora@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
        await Expect(page.GetByText("\"state\":\"confirmed\"")).ToBeVisibleAsync();

        var attribution = await live.Portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync());
        Assert.Equal((last.AccountId, AttributionRule.Cookie), (attribution.PartnerId, attribution.Receipt!.Rule));
        var other = attribution.Receipt.Contenders.Single(c => c.PartnerId == first.AccountId);
        Assert.Equal((ContenderOutcome.EarlierTouch, "newsletter"), (other.Outcome, other.Source));
        Assert.Equal("cust_1", await live.Portal.ReadAsync(db => db.Accounts.Where(a => a.Id == attribution.ClientId).Select(a => a.ExternalId).SingleAsync()));

        // A code that is typed comes first, and whoever takes the partner away has none.
        await page.GotoAsync("/signup");
        await page.GetByLabel("Have a referral code?").FillAsync(await world.CodeOfAsync(first));
        await page.GetByLabel("Name").FillAsync("Otto Other");
        await Expect(page.GetByText("Firsthand Systems will see")).ToBeVisibleAsync();
        await page.GetByLabel("E-mail").FillAsync("otto@example.test");
        await page.GetByLabel("Go on without").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
        await Expect(page.GetByText("\"partner\":null")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Script_IsSmallAndForSitesOfOthers()
    {
        await using var live = await LivePortal.StartAsync();
        using var http = new HttpClient();
        using var read = await http.GetAsync(new Uri(live.Root + PortalUrls.ProductScript));
        Assert.Equal(("*", "cross-origin"), (read.Headers.GetValues("Access-Control-Allow-Origin").Single(), read.Headers.GetValues("Cross-Origin-Resource-Policy").Single()));
        Assert.Equal("public, max-age=3600", read.Headers.CacheControl!.ToString());
        Assert.NotNull(read.Headers.ETag);
        Assert.InRange((await read.Content.ReadAsByteArrayAsync()).Length, 1, 2999);
    }

    private static async Task<(World World, string Key)> KeyAsync(LivePortal live)
    {
        var world = new World(live.Portal);
        var owner = await world.OwnerAsync();
        var made = await live.Portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(new NewKey(KeyHolder.Program, "Product", [ProgramScopes.LookupRead, ProgramScopes.RegistrationsWrite]), owner, default));
        return (world, made.Value.Key);
    }
}
