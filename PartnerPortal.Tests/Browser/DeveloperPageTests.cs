using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A partner's admin makes a key, which is shown once and works, and takes it away again.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DeveloperPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Key_MadeShownOnceUsedAndRevoked()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner, width: 390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Developer);
        await page.LiveAsync();
        await Expect(page.GetByText("There is no key yet.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.GetByText("Say which system it is for.")).ToBeVisibleAsync();
        await page.GetByLabel("Which system is it for?").FillAsync("CRM");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.GetByText("Choose at least one thing that it may do.")).ToBeVisibleAsync();
        await page.GetByLabel("See clients, as your list shows them").CheckAsync();
        await page.GetByLabel("Works until").FillAsync("2040-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("code.once").InnerTextAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.ShootAsync("developer-390");

        using var api = new HttpClient();
        api.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Contains("\"items\":[]", await api.GetStringAsync(new Uri(live.Root + "/api/v1/clients")), StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.LiveAsync();
        await Expect(page.GetByText("until 31 Dec 2040")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1440, 900);
        await page.ShootAsync("developer-1440");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key CRM" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The key CRM no longer works")).ToBeVisibleAsync();
        using var refused = await api.GetAsync(new Uri(live.Root + "/api/v1/clients"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
