using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

public sealed class ImportContactsPageTests
{
    [Fact]
    public async Task Page_ExportChosen_IsCheckedAndThenRuns()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await using var pages = new ClientPages(portal, partner);
        var page = pages.Render<ImportContactsPage>();
        await ChooseAsync(page, ContactExports.HubSpot + "\n\"903\",\"Wrong\",\"One\",\"wrong@x\"\n");

        Assert.Contains("3 contacts", page.Markup, StringComparison.Ordinal);
        Assert.Contains("export of HubSpot", page.Find("#columns-title + p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Zoë van Dijk", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("#contacts-tag", i => i.InputAsync("Fair"));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.Equal(0, await portal.ReadAsync(db => db.ClientRecords.CountAsync()));
        Assert.Equal(["Would be invited2", "Wrong1"], page.FindAll("dl.facts > div").Select(f => string.Concat(f.TextContent.Where(c => c is not '\n')).Replace("    ", "", StringComparison.Ordinal)));
        var wrong = page.Find("section.ledger tbody tr").TextContent;
        Assert.Contains("wrong@x", wrong, StringComparison.Ordinal);
        Assert.Contains("Email", wrong, StringComparison.Ordinal);
        Assert.Contains(".com", wrong, StringComparison.Ordinal);
        Assert.Equal("Invite 2 people", page.Find(".btn.primary").TextContent);
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.Contains("2 people are invited", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("/clients?tag=Fair", page.Find(".notice .links a").GetAttribute("href"));
        Assert.Equal(2, await portal.ReadAsync(db => db.ClientRecords.CountAsync(r => r.Tags.Any(t => t.Name == "Fair"))));
    }

    [Fact]
    public async Task Page_Report_HoldsEveryLine()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));
        var page = pages.Render<ImportContactsPage>();
        var download = pages.JSInterop.SetupModule("/js/portal.js").SetupVoid("download", _ => true);
        download.SetVoidResult();
        byte[]? written = null;
        await ChooseAsync(page, "Name,E-mail\nAna,a@x.test\n=Bo,\nAna,A@x.test\n");
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        await page.ActAsync("section.ledger header .btn", b =>
        {
            var click = b.ClickAsync();
            written = ((MemoryStream)((DotNetStreamReference)download.Invocations.Single().Arguments[2]!).Stream).ToArray();
            return click;
        });

        Assert.Equal("contacts-report.csv", download.Invocations.Single().Arguments[0]);
        Assert.Equal(
            ["Line,Name,E-mail,Column,What happens", "2,Ana,a@x.test,,Would be invited", "3,\"'=Bo\",,,Has no e-mail address", "4,Ana,A@x.test,,Stands in the file before"],
            Encoding.UTF8.GetString(written!).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("Name,E-mail\n", "no contacts below it")]
    [InlineData("\u0089PNG\0\0", "not a table of text")]
    [InlineData("PK\u0003\u0004", "Excel workbook")]
    public async Task Page_FileOfNothing_SaysWhyBesideTheField(string text, string why)
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));
        var page = pages.Render<ImportContactsPage>();

        await ChooseAsync(page, text);

        Assert.Contains(why, page.Find("#contacts-file-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#contacts-file").GetAttribute("aria-invalid"));
        Assert.Empty(page.FindAll(".btn.primary"));
    }

    [Fact]
    public async Task Page_ColumnsUnknown_AreMappedByHand()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));
        var page = pages.Render<ImportContactsPage>();
        await ChooseAsync(page, "Wer,Wohin\nAna Lee,a@x\n");
        await page.ActAsync(".btn.primary", b => b.ClickAsync());
        Assert.Contains("which column has the e-mail", page.Find("#columns-error").TextContent, StringComparison.Ordinal);

        await page.ActAsync("tbody tr:nth-child(2) select", s => s.ChangeAsync("Email"));
        await page.ActAsync("input[value=Created]", r => r.ChangeAsync("Created"));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());
        Assert.Contains("which column has the names", page.Find("#columns-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("tbody tr:nth-child(1) select", s => s.ChangeAsync("FullName"));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.Contains("There is nobody new in this file", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Wohin", page.Find("section.ledger tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ColumnChangedAfterTheCheck_IsCheckedAnew()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));
        var page = pages.Render<ImportContactsPage>();
        await ChooseAsync(page, "Name,E-mail\nAna,a@x.test\n");
        await page.ActAsync(".btn.primary", b => b.ClickAsync());
        Assert.Equal("Invite one person", page.Find(".btn.primary").TextContent);

        await page.ActAsync("tbody tr:nth-child(1) select", s => s.ChangeAsync("Unused"));

        Assert.Equal("Check the file", page.Find(".btn.primary").TextContent);
        Assert.Empty(page.FindAll("section.ledger"));
    }

    [Fact]
    public async Task Page_SuspendedPartner_IsToldSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.SuspendAsync(partner);
        await using var pages = new ClientPages(portal, partner);

        var page = pages.Render<ImportContactsPage>();

        Assert.Contains("suspended or closed", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input"));
    }

    private static Task ChooseAsync(IRenderedComponent<ImportContactsPage> page, string text) => page.InvokeAsync(() =>
        page.FindComponent<InputFile>().Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([new ChosenFile("contacts.csv", Encoding.UTF8.GetBytes(text))])));
}
