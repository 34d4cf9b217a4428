using System.Buffers.Binary;
using Microsoft.Playwright;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser.Screens;

/// <summary>
/// The pictures in <c>docs/screens</c>. With <c>PORTAL_WRITE_SCREENS=1</c> they are drawn anew; otherwise each of those pages must stand as in its picture:
/// whole, still, without sideways scrolling and with a silent console. What the pictures look like is for people to judge.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ScreensTests(BrowserFixture browser)
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("PORTAL_WRITE_SCREENS") is "1" or "true";
    private static readonly string Folder = Path.Combine(Sources.Root, "docs", "screens");

    [Fact]
    public async Task Screens_StandAsInTheirPictures()
    {
        await using var stage = await Stage.SetAsync();
        var findings = await Task.WhenAll(Look.All.Select(look => LookAsync(stage, look)));

        Findings.None(findings.SelectMany(f => f));
    }

    [Fact]
    public void Pictures_AreThoseOfTheList_AndSmall()
    {
        var wanted = Look.All.SelectMany(look => Screen.All.SelectMany(s => look.Themes.Select(t => look.FileOf(s, t.Mark))));
        var files = new DirectoryInfo(Folder).GetFiles();

        Assert.Equal(wanted.Order(StringComparer.Ordinal), files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.InRange(files.Sum(f => f.Length), 1, 4_000_000);
    }

    private async Task<List<string>> LookAsync(Stage stage, Look look)
    {
        var found = new List<string>();
        foreach (var screen in Screen.All)
        {
            await using var context = await browser.OpenAsync(stage.Live, await screen.Who(stage), look.Width, look.Language, sharpness: look.Sharpness);
            await context.AddInitScriptAsync(LayoutShifts.Watch);
            var page = await context.NewPageAsync();
            await page.SetViewportSizeAsync(look.Width, look.Height);
            var complaints = PageComplaints.Of(page);
            await page.GotoAsync(screen.Address(stage));
            await page.LiveAsync();
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            found.AddRange((await LayoutShifts.FaultsAsync(page)).Select(f => $"{screen.Name} {look.Width} {look.Language}: {f}"));
            if (screen.Arrange is not null)
            {
                await screen.Arrange(page, new Words(stage.Live, look.Language));
            }

            foreach (var (theme, mark) in look.Themes)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                var file = look.FileOf(screen, mark);
                found.AddRange((await FaultsAsync(page, screen, look, file)).Select(f => $"{file}: {f}"));
            }

            found.AddRange(complaints.Found.Select(c => $"{screen.Name} {look.Width} {look.Language}: {c}"));
        }

        return found;
    }

    private static async Task<List<string>> FaultsAsync(IPage page, Screen screen, Look look, string file)
    {
        var found = new List<string>();
        if (screen.Touch is not null)
        {
            await screen.Touch(page);
        }

        if (Writes)
        {
            await File.WriteAllBytesAsync(Path.Combine(Folder, file), SmallPng.Of(await page.ScreenshotAsync()));
        }

        if (await page.ScrollsSidewaysAsync())
        {
            found.Add("scrolls sideways");
        }

        found.AddRange((await TextRoom.LackingAsync(page)).Select(t => "no room for " + t));
        var width = await WidthOfAsync(Path.Combine(Folder, file));
        if (width != look.Width * look.Sharpness)
        {
            found.Add(width is null ? "is not there; draw it with PORTAL_WRITE_SCREENS=1" : $"is {width} pixels wide");
        }

        return found;
    }

    /// <summary>In pixels, from the file's header.</summary>
    private static async Task<int?> WidthOfAsync(string file) =>
        File.Exists(file) ? BinaryPrimitives.ReadInt32BigEndian((await File.ReadAllBytesAsync(file)).AsSpan(16, 4)) : null;
}
