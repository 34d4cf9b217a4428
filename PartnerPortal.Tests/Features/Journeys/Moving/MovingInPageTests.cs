using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;
using PartnerPortal.Features.Journeys.Moving;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Moving;

public sealed class MovingInPageTests
{
    private const string File = MovingWorld.PartnersHead + "\nP-1,Ana Silva,,ana@bright.test,,\nP-2,Wrong,,at-sign.test,,\n";

    [Fact]
    public async Task Page_FileChosen_IsLookedAtAndThenMovesIn()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());
        var page = pages.Render<MovingInPage>();
        await ChooseAsync(page, File);
        Assert.Contains("2 lines", page.Markup, StringComparison.Ordinal);

        // Where it comes from is not said yet.
        await page.ActAsync(".btn.primary", b => b.ClickAsync());
        Assert.Contains("Say where it comes from", page.Find("#moving-source-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#moving-source", i => i.InputAsync("Rewardful"));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.False(await portal.ReadAsync(db => db.Partners.AnyAsync()));
        var wrong = page.Find("section.ledger tbody tr").TextContent;
        Assert.Contains("3", wrong, StringComparison.Ordinal);
        Assert.Contains("email", wrong, StringComparison.Ordinal);
        Assert.Contains("This is no e-mail address.", wrong, StringComparison.Ordinal);
        Assert.Equal("Move 1 line in", page.Find(".btn.primary").TextContent);
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.Contains("Moved in", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.True(await portal.ReadAsync(db => db.Partners.AnyAsync()));
    }

    [Fact]
    public async Task Page_TemplateAndReport_AreFiles()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());
        var page = pages.Render<MovingInPage>();
        var download = pages.JSInterop.SetupModule("/js/portal.js").SetupVoid("download", _ => true);
        download.SetVoidResult();

        Assert.StartsWith(MovingWorld.PartnersHead, await TakeAsync("fieldset ~ .btns .btn"), StringComparison.Ordinal);
        await ChooseAsync(page, File);
        await page.ActAsync("#moving-source", i => i.InputAsync("Rewardful"));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());
        var report = await TakeAsync("section.ledger header .btn");

        Assert.Equal(["Line,Id,Column,What", "2,P-1,,Becomes a partner.", "3,P-2,email,This is no e-mail address."], report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));

        async Task<string> TakeAsync(string button)
        {
            byte[] written = [];
            var before = download.Invocations.Count;
            await page.ActAsync(button, b =>
            {
                var click = b.ClickAsync();
                written = ((MemoryStream)((DotNetStreamReference)download.Invocations.Skip(before).Single().Arguments[2]!).Stream).ToArray();
                return click;
            });
            return Encoding.UTF8.GetString(written).TrimStart('\uFEFF');
        }
    }

    private static Task ChooseAsync(IRenderedComponent<MovingInPage> page, string text) => page.InvokeAsync(() =>
        page.FindComponent<InputFile>().Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([new ChosenFile("partners.csv", Encoding.UTF8.GetBytes(text))])));
}
