using Microsoft.Playwright;
using PartnerPortal.Shared;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser.Tasks;

/// <summary>
/// Somebody who sees only the screen: finds things by the words on them, takes what is the only one of its name, and counts. What is hidden, out of the window or
/// named twice is not found, so a task that passes was done without a wrong click.
/// </summary>
internal sealed class Person(IPage page)
{
    /// <summary>Not covered by a dialog.</summary>
    private const string IsOnTop = "e => { const r = e.getBoundingClientRect(); return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }";

    public int Clicks { get; private set; }

    public int Tabs { get; private set; }

    public Task PressesAsync(string button) => ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }));

    public Task FollowsAsync(string link) => ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }));

    /// <param name="field">Its label, or what stands in it while it is empty.</param>
    /// <param name="text">What is typed.</param>
    public async Task TypesIntoAsync(string field, string text)
    {
        await ClickAsync(page.GetByLabel(field, new() { Exact = true }).Or(page.GetByPlaceholder(field, new() { Exact = true })));
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Two buttons may say the same where each stands on the line of what it belongs to.</summary>
    public async Task PressesBesideAsync(string label, string button)
    {
        var line = await BoxAsync(Assert.Single(await OnTopAsync(page.GetByLabel(label, new() { Exact = true }))));
        var beside = new List<ILocator>();
        foreach (var candidate in await OnTopAsync(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })))
        {
            var box = await BoxAsync(candidate);
            if (box.Y < line.Y + line.Height && box.Y + box.Height > line.Y)
            {
                beside.Add(candidate);
            }
        }

        await ClickAsync(Assert.Single(beside));
    }

    /// <summary>Presses Tab until the focus is on the field or button of that name.</summary>
    public async Task TabsToAsync(ILocator target)
    {
        const string Focused = "e => e === document.activeElement";
        for (var pressed = 0; !await target.EvaluateAsync<bool>(Focused); pressed++)
        {
            Assert.True(pressed < 40, $"Tab does not lead to {target}.");
            await page.Keyboard.PressAsync("Tab");
            Tabs++;
        }
    }

    public Task ReadsAsync(string text) => Expect(page.GetByText(text).First).ToBeVisibleAsync(new() { Timeout = 10_000 });

    /// <summary>Those of its matches that no dialog covers.</summary>
    private static async Task<List<ILocator>> OnTopAsync(ILocator named)
    {
        var found = new List<ILocator>();
        foreach (var candidate in await named.AllAsync())
        {
            if (await candidate.EvaluateAsync<bool>(IsOnTop))
            {
                found.Add(candidate);
            }
        }

        return found;
    }

    private async Task ClickAsync(ILocator target)
    {
        await Expect(target).ToHaveCountAsync(1, new() { Timeout = 10_000 });
        await Expect(target).ToBeInViewportAsync();
        await target.ClickAsync();
        Clicks++;
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator target) =>
        await target.BoundingBoxAsync() ?? throw new InvalidOperationException($"{target} is not on the screen.");
}
