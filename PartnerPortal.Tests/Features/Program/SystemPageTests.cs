using Bunit;
using PartnerPortal.Features.Program;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Program;

public sealed class SystemPageTests
{
    [Fact]
    public async Task Page_KeyMade_IsShownOnceAndCanBeRevoked()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());
        var page = pages.Render<SystemPage>();

        await page.ActAsync("form.section", f => f.SubmitAsync());
        Assert.Contains("Say which system", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("input[value='purchases:write']", i => i.ChangeAsync(new() { Value = true }));
        await page.ActAsync("#key-name", i => i.InputAsync(new() { Value = "Web shop" }));
        await page.ActAsync("form.section", f => f.SubmitAsync());
        var key = page.Find("code.once").TextContent;
        Assert.StartsWith("ppk_", key, StringComparison.Ordinal);

        await page.ActAsync("tbody button", b => b.ClickAsync());
        await page.ActAsync(".btn.danger", b => b.ClickAsync());
        Assert.DoesNotContain(key, page.Markup, StringComparison.Ordinal);
        Assert.Contains("Revoked", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(key, pages.Render<SystemPage>().Markup, StringComparison.Ordinal);
    }
}
