using Bunit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class NewClientPageTests
{
    [Fact]
    public async Task Submit_WrongFields_SaysSoBesideThemAndLosesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<NewClientPage>();
        await page.ActAsync("#client-email", e => e.InputAsync("oliver.brandt@brandt"));
        await page.ActAsync("#client-phone", e => e.InputAsync("030 CALL"));
        await page.ActAsync("textarea#client-note", e => e.InputAsync("Met at the fair"));

        await page.ActAsync("form", e => e.SubmitAsync());

        Assert.Equal("Type the client’s name.", page.Find("#client-name-error").TextContent);
        Assert.Contains("“brandt” lacks an ending", page.Find("#client-email-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("in digits", page.Find("#client-phone-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(("oliver.brandt@brandt", "030 CALL"), (page.Find("#client-email").GetAttribute("value"), page.Find("#client-phone").GetAttribute("value")));
        Assert.Equal("client-name", browser.JSInterop.Invocations["focusId"][^1].Arguments[0]);
    }

    [Fact]
    public async Task Submit_AnotherAfterwards_ShowsNoticeAndEmptiesTheForm()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<NewClientPage>();
        await FillAsync(page, "Priya Raman", "priya@x.test");
        await page.ActAsync("#client-another", e => e.ChangeAsync(true));

        await page.ActAsync("form", e => e.SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("Priya Raman is in your list.", page.Find(".notice.ok").TextContent, StringComparison.Ordinal));
        Assert.Equal("Next client", page.Find("form h2").TextContent);
        Assert.True(string.IsNullOrEmpty(page.Find("#client-email").GetAttribute("value")));

        await FillAsync(page, "Priya R.", "PRIYA@x.test");
        await page.ActAsync("form", e => e.SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Open Priya Raman", page.Find("#client-email-error a").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_One_GoesToTheListWithItsNotice()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var browser = new ClientPages(portal, partner);
        var page = browser.Render<NewClientPage>();
        await FillAsync(page, "Priya Raman", "priya@x.test");

        await page.ActAsync("form", e => e.SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains($"{PortalUrls.Clients}?created=", browser.Navigation.Uri, StringComparison.Ordinal));
        var list = browser.Render<ClientsPage>();
        Assert.Contains("priya@x.test", list.Find(".notice.ok").TextContent, StringComparison.Ordinal);
        Assert.Equal("Priya Raman", list.Find("tbody th a").TextContent);
    }

    [Fact]
    public async Task Page_Suspended_SaysWhyInsteadOfTheForm()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.SuspendAsync(partner);
        await using var browser = new ClientPages(portal, partner);

        var page = browser.Render<NewClientPage>();

        Assert.Empty(page.FindAll("form"));
        Assert.Contains("suspended", page.Find(".notice.warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FinanceMember_HasNoButtonsAndIsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var finance = await new World(portal).IntegratorAsync("Finn Finance", role: MemberRole.Finance);
        await portal.AddAsync(ClientLines.Typed(finance, "Ida", "ida@x.test"));
        await using var pages = new ClientPages(portal, finance);
        using var browser = await portal.BrowserOfAsync(finance);

        Assert.Empty(pages.Render<ClientsPage>().FindAll(".head .acts"));
        using var answer = await browser.GetAsync(new Uri(PortalUrls.NewClient, UriKind.Relative));
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task FillAsync(IRenderedComponent<NewClientPage> page, string name, string email)
    {
        await page.ActAsync("#client-name", e => e.InputAsync(name));
        await page.ActAsync("#client-email", e => e.InputAsync(email));
    }
}
