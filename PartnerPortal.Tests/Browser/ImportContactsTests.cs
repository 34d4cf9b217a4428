using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Journeys.Contacts;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A partner brings contacts in by a real file: chosen, mapped, checked, run, and found in the list.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ImportContactsTests(BrowserFixture browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task Import_ExportOfGoogle_EndsInTheList()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Invitations);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Import contacts" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Import contacts" })).ToBeVisibleAsync();

        await ChooseAsync(page, "photo.csv", PngFile.Disc(40, 1, 2, 3));
        await Expect(page.GetByText("This is not a table of text.")).ToBeVisibleAsync();
        await ChooseAsync(page, "contacts.csv", Encoding.UTF8.GetBytes(ContactExports.Google + "\n,,Wrong,,,,,,,,,,,,,,,,wrong@x,,,,,,\n"));
        await Expect(page.GetByText("This is an export of Google Contacts.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Grace Brewster Murray grace@harbour.test" })).ToBeVisibleAsync();
        await page.GetByLabel("Tag for all of them").FillAsync("Fair 2026");
        await page.LookAsync("import-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Invite 2 people" })).ToBeVisibleAsync(Soon);
        await page.LookAsync("import-checked");
        var report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the report by line" }).ClickAsync());
        Assert.Equal("contacts-report.csv", report.SuggestedFilename);
        Assert.Equal(4, (await File.ReadAllLinesAsync(await report.PathAsync())).Length);
        Assert.Equal(0, await live.Portal.ReadAsync(db => db.Invitations.CountAsync()));

        await page.GetByRole(AriaRole.Button, new() { Name = "Invite 2 people" }).ClickAsync();
        await Expect(page.GetByText("2 people are invited")).ToBeVisibleAsync(Soon);
        await page.LookAsync("import-done");
        await page.GetByRole(AriaRole.Link, new() { Name = "See them in My clients" }).ClickAsync();
        await Expect(page.GetByText("Grace Brewster Murray").First).ToBeVisibleAsync(Soon);
        await Expect(page.GetByText("محمد الأنصاري").First).ToBeVisibleAsync();
    }

    /// <summary>Right to left on a phone; the same file again changes nothing.</summary>
    [Fact]
    public async Task Import_InArabicOnAPhone_SaysThatNobodyIsNew()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems", language: "ar");
        await using var context = await browser.OpenAsync(live, partner, width: 390, language: "ar");
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.ImportContacts);
        await page.LiveAsync();

        foreach (var button in new[] { "إنشاء حساب واحد", null })
        {
            await page.Locator("input[value=Created]").CheckAsync();
            await ChooseAsync(page, "contacts.csv", Encoding.UTF8.GetBytes(ContactExports.Outlook));
            await page.GetByRole(AriaRole.Button, new() { Name = "فحص الملف" }).ClickAsync();
            if (button is not null)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
                await Expect(page.GetByText("أُنشئ عميل واحد")).ToBeVisibleAsync(Soon);
            }
        }

        await Expect(page.GetByText("لا أحد جديد في هذا الملف")).ToBeVisibleAsync(Soon);
        Assert.Equal(1, await live.Portal.ReadAsync(db => db.ClientRecords.CountAsync()));
        Assert.Empty(await TextRoom.LackingAsync(page));
        await page.LookAsync("import-arabic");
    }

    private static Task ChooseAsync(IPage page, string name, byte[] bytes) =>
        page.Locator("#contacts-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = bytes });
}
