using Bunit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

public sealed class AutomationPagesTests
{
    [Fact]
    public async Task New_StepsAddedMovedAndWrong_AreSaidInPlaceAndSavedOnceRight()
    {
        await using var portal = await TestPortal.StartAsync();
        var owner = await new World(portal).OwnerAsync();
        await using var pages = new ClientPages(portal, owner);
        pages.Navigation.NavigateTo("/admin/automations/new?from=reminder");
        var page = pages.Render<AutomationPage>();
        page.WaitForElement("fieldset.step");

        Assert.Contains("When: A partner created a client. Then: Wait; Send a new one-time link.", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("input[id^=step-][id$=-days]", i => i.InputAsync(new() { Value = "soon" }));
        await page.ActAsync("form", f => f.SubmitAsync());
        Assert.Contains("A whole number from 1", page.Find("fieldset.step .err").TextContent, StringComparison.Ordinal);
        await page.ActAsync("input[id^=step-][id$=-days]", i => i.InputAsync(new() { Value = "7" }));
        // Down and up again: the buttons say which step they move.
        await page.ActAsync("button[aria-label='Move step 1 down']", b => b.ClickAsync());
        Assert.Contains("Then: Send a new one-time link; Wait.", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("button[aria-label='Move step 2 up']", b => b.ClickAsync());
        await page.ActAsync("form", f => f.SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("Saved", page.Find(".notice").TextContent, StringComparison.Ordinal));
        var row = (await ListAsync(portal, owner)).Single();
        Assert.Equal([StepKind.Wait, StepKind.Access], row.Steps.Select(s => s.Kind));
        Assert.Equal(AutomationState.Paused, row.State);
    }

    [Fact]
    public async Task Automation_SwitchedOnPausedAndDeleted_FollowsItsConsequenceInWords()
    {
        await using var portal = await TestPortal.StartAsync();
        var owner = await new World(portal).OwnerAsync();
        var id = (await portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(
            new AutomationForm { Name = "Welcome tag", Trigger = AutomationTrigger.Registered, Steps = [new StepForm { Kind = StepKind.Wait, Days = "1" }] }, owner, default))).Value;
        await using var pages = new ClientPages(portal, owner);
        var list = pages.Render<AutomationsPage>();
        list.WaitForAssertion(() => Assert.Contains("Not chosen for registrations", list.Markup, StringComparison.Ordinal));
        await list.ActAsync("#after", s => s.ChangeAsync(new() { Value = id.ToString(System.Globalization.CultureInfo.InvariantCulture) }));
        list.WaitForAssertion(() => Assert.DoesNotContain("Not chosen for registrations", list.Markup, StringComparison.Ordinal));

        var page = pages.Render<AutomationPage>(p => p.Add(x => x.Id, id));
        page.WaitForElement(".acts .primary");
        await page.ActAsync(".acts .primary", b => b.ClickAsync());
        Assert.Contains("It runs", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal(AutomationState.Active, (await ListAsync(portal, owner)).Single().State);
        await page.ActAsync(".acts button", b => b.ClickAsync());
        Assert.Contains("What waits is kept (0)", page.Find(".settings ~ dialog").TextContent, StringComparison.Ordinal);
        await page.ActAsync("dialog footer .primary", b => b.ClickAsync());
        Assert.Equal(AutomationState.Paused, (await ListAsync(portal, owner)).Single().State);
        await page.ActAsync("form .danger", b => b.ClickAsync());
        await page.ActAsync("dialog footer .danger", b => b.ClickAsync());
        Assert.Empty(await ListAsync(portal, owner));
        list.WaitForAssertion(() => Assert.Equal(Enum.GetValues<AutomationStart>().Length, list.FindAll(".way a").Count));
    }

    [Fact]
    public async Task Log_OfNobodyElse_IsEmptyUntilSomethingRuns()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());

        var page = pages.Render<AutomationRunsPage>();

        page.WaitForAssertion(() => Assert.Contains("No runs here", page.Markup, StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<RunState>().Length + 1, page.FindAll(".views a").Count);
    }

    private static Task<IReadOnlyList<AutomationRow>> ListAsync(TestPortal portal, Actor owner) => portal.CallAsync<AutomationQueries, IReadOnlyList<AutomationRow>>(q => q.ListAsync(owner, default));
}
