using Bunit;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

public sealed class WebhookPagesTests
{
    [Fact]
    public async Task Endpoints_Added_ShowTheirSecretOnceAndErrorsStandAtTheirField()
    {
        await using var scene = await WebhookScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Partner);
        var page = pages.Render<WebhookEndpoints>();
        page.WaitForAssertion(() => Assert.Contains("There are none yet", page.Markup, StringComparison.Ordinal));

        await page.ActAsync("form.section", f => f.SubmitAsync());
        Assert.Contains("Enter the address", page.Find("#endpoint-url-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#endpoint-url", i => i.InputAsync(new() { Value = "https://10.1.2.3/hook" }));
        await page.ActAsync("#endpoint-all", i => i.ChangeAsync(new() { Value = false }));
        await page.ActAsync("form.section", f => f.SubmitAsync());
        Assert.Contains("private network", page.Find("#endpoint-url-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[id='endpoint-client.registered']"));
        await page.ActAsync("#endpoint-url", i => i.InputAsync(new() { Value = "https://hooks.example.com/portal" }));
        await page.ActAsync("form.section", f => f.SubmitAsync());
        Assert.Contains("at least one event", page.Find("#endpoint-kinds-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("[id='endpoint-client.joined']", i => i.ChangeAsync(new() { Value = true }));
        await page.ActAsync("form.section", f => f.SubmitAsync());

        var secret = page.Find("code.once").TextContent;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Contains("client.joined", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, pages.Render<WebhookEndpoints>().Markup, StringComparison.Ordinal);
        // The program's are another list.
        await using var owners = new ClientPages(scene.Portal, scene.Owner);
        var program = owners.Render<WebhookEndpoints>(p => p.Add(x => x.IsProgram, true));
        program.WaitForAssertion(() => Assert.Contains("There are none yet", program.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_OpenPage_FollowsWhatIsDeliveredAndActs()
    {
        await using var scene = await WebhookScene.StartAsync();
        var made = await scene.AddAsync(scene.Partner);
        scene.Server.Say(500, "no room");
        await using var pages = new ClientPages(scene.Portal, scene.Partner);
        var page = pages.Render<WebhookView>(p => p.Add(x => x.Id, made.Id));
        page.WaitForAssertion(() => Assert.Contains("No deliveries here", page.Markup, StringComparison.Ordinal));

        await scene.JoinAsync();
        await scene.TellAsync();
        page.WaitForAssertion(() => Assert.Contains("500 · not accepted", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains("Failing", page.Find("h1").TextContent, StringComparison.Ordinal);

        pages.Navigation.NavigateTo(pages.Navigation.ToAbsoluteUri(page.Find("tbody a").GetAttribute("href")!).PathAndQuery);
        page.WaitForAssertion(() => Assert.Contains("no room", page.Find("dialog.wide").TextContent, StringComparison.Ordinal));
        Assert.Contains("\"type\": \"client.joined\"", page.Find("dialog.wide").TextContent, StringComparison.Ordinal);
        scene.Server.Say(200);
        await page.ActAsync("dialog.wide footer .primary", b => b.ClickAsync());
        await scene.DispatchAsync();
        page.WaitForAssertion(() => Assert.Contains("Delivered", page.Find("tbody").TextContent, StringComparison.Ordinal));

        await page.ActAsync(".acts .btn:not(.primary)", b => b.ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Paused", page.Find("h1").TextContent, StringComparison.Ordinal));
        await page.ActAsync(".acts .primary", b => b.ClickAsync());
        Assert.Equal(2, (await scene.DeliveriesAsync()).Count);
        await page.ActAsync("section[aria-labelledby=s-secret] .btn:not(.danger)", b => b.ClickAsync());
        await page.ActAsync("dialog.small footer .primary", b => b.ClickAsync());
        Assert.StartsWith("whsec_", page.Find("code.once").TextContent, StringComparison.Ordinal);
        await page.ActAsync("section[aria-labelledby=s-secret] .danger", b => b.ClickAsync());
        await page.ActAsync("dialog.small footer .danger", b => b.ClickAsync());
        Assert.EndsWith(PortalUrls.Webhooks, pages.Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(await scene.DeliveriesAsync());
    }
}
