using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Claims;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A partner files a claim, the client's partner answers, support moves the client, and the old partner sees initials.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ClaimTests(BrowserFixture browser)
{
    [Fact]
    public async Task Claim_FiledAnsweredDecided_MovesTheClient()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ClaimWorld(live.Portal);
        var (old, client, claimant, support) = await world.StartAsync();
        await using var claimants = await browser.OpenAsync(live, claimant);
        await using var others = await browser.OpenAsync(live, old, width: 390);
        await using var staff = await browser.OpenAsync(live, support);

        var filing = await OpenAsync(claimants, PortalUrls.Claims);
        await filing.GetByRole(AriaRole.Link, new() { Name = "Claim a client" }).ClickAsync();
        await filing.GetByRole(AriaRole.Button, new() { Name = "File the claim" }).ClickAsync();
        await Expect(filing.GetByText("Type the client's e-mail address or domain.")).ToBeVisibleAsync();
        await filing.GetByLabel("The client's e-mail address or domain").FillAsync(client.Email);
        await filing.GetByLabel("Why is it yours?").FillAsync("We signed at the fair.");
        var chooser = filing.Locator("input[type=file]");
        await chooser.SetInputFilesAsync(new FilePayload { Name = "fake.pdf", MimeType = "application/pdf", Buffer = "MZ"u8.ToArray() });
        await Expect(filing.GetByText("fake.pdf is damaged, or not what its name says.")).ToBeVisibleAsync();
        await chooser.SetInputFilesAsync(new FilePayload { Name = "contract.pdf", MimeType = "application/pdf", Buffer = ClaimWorld.Pdf().Bytes });
        await Expect(filing.GetByText("contract.pdf")).ToBeVisibleAsync();
        Assert.Empty(await filing.BarriersAsync());
        await filing.GetByRole(AriaRole.Button, new() { Name = "File the claim" }).ClickAsync();
        await Expect(filing.GetByText("Your claim is with us")).ToBeVisibleAsync();
        // The page shows by itself that it was taken up.
        await Expect(filing.GetByText("Under review").First).ToBeVisibleAsync();

        var answering = await OpenAsync(others, PortalUrls.ClaimsOf("others"));
        await answering.GetByRole(AriaRole.Link, new() { Name = "José Almeida" }).ClickAsync();
        await Expect(answering.GetByText("We signed at the fair.")).ToBeVisibleAsync();
        await Expect(answering.GetByText("Brightwater")).ToHaveCountAsync(0);
        await Expect(answering.GetByText("contract.pdf")).ToHaveCountAsync(0);
        Assert.False(await answering.ScrollsSidewaysAsync());
        await answering.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();
        await Expect(answering.GetByText("Say why, in your own words.")).ToBeVisibleAsync();
        await answering.GetByLabel("Why the client is yours").FillAsync("Our client since spring.");
        await answering.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();
        await Expect(answering.GetByText("Your answer is with support")).ToBeVisibleAsync();
        Assert.Empty(await answering.BarriersAsync());

        var deciding = await OpenAsync(staff, PortalUrls.SupportClaims);
        await deciding.GetByRole(AriaRole.Link, new() { Name = $"Brightwater Systems claims {client.Email}" }).ClickAsync();
        await Expect(deciding.GetByText("We signed at the fair.")).ToBeVisibleAsync();
        await Expect(deciding.GetByText("Our client since spring.")).ToBeVisibleAsync();
        await deciding.GetByRole(AriaRole.Button, new() { Name = "Move the client to Brightwater Systems" }).ClickAsync();
        await Expect(deciding.GetByText("Say why: both sides read it.")).ToBeVisibleAsync();
        await deciding.GetByLabel("Your reason").FillAsync("The contract says so.");
        Assert.Empty(await deciding.BarriersAsync());
        await deciding.GetByRole(AriaRole.Button, new() { Name = "Move the client to Brightwater Systems" }).ClickAsync();
        await deciding.GetByRole(AriaRole.Button, new() { Name = "Move the client", Exact = true }).ClickAsync();
        await Expect(deciding.GetByText("The client has its new partner")).ToBeVisibleAsync();

        await Expect(filing.GetByRole(AriaRole.Heading, new() { Name = "Decided: the client is yours" })).ToBeVisibleAsync();
        await Expect(answering.GetByRole(AriaRole.Heading, new() { Name = "Decided: the client has another partner now" })).ToBeVisibleAsync();
        await Expect(answering.GetByRole(AriaRole.Heading, new() { Name = "Somebody claims J. A." })).ToBeVisibleAsync();
        var list = await OpenAsync(others, PortalUrls.Clients);
        await Expect(list.GetByText("J. A.").First).ToBeVisibleAsync();
        await Expect(list.GetByText("Almeida")).ToHaveCountAsync(0);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.LiveAsync();
        return page;
    }
}
