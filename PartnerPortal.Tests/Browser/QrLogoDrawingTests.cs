using Microsoft.Playwright;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Shared.Pictures;
using PartnerPortal.Tests.Features.Referrals;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>A code with a logo as Chromium draws it, read by a scanner.</summary>
[Collection(BrowserCollection.Name)]
public sealed class QrLogoDrawingTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(QrLogoTests.Link, true)]
    [InlineData(QrLogoTests.LongLink, true)]
    [InlineData(QrLogoTests.Link, false)]
    public async Task ToSvg_DrawnAt256_ScansAndShowsTheLogo(string link, bool isDrawing)
    {
        var logo = isDrawing ? QrLogoTests.Svg(QrLogoTests.DrawnLogo) : QrLogoTests.Png(PngFile.Disc(200, 0xe0, 0, 0));
        var svg = QrCode.Of(link, logo).ToSvg();
        await using var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 256, Height = 256 } });
        var page = await context.NewPageAsync();

        await page.SetContentAsync($"<style>body{{margin:0}}img{{display:block;width:256px;height:256px}}</style><img src=\"data:image/svg+xml;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg))}\">");
        var shot = await page.ScreenshotAsync();

        Assert.Equal(link, await QrScanner.ReadAsync(shot, "png"));
        AssertLogo(shot, isDrawing ? (0xee, 0) : (0xe0, 0));
    }

    [Fact]
    public async Task Profile_LogoInCodes_IsShownAndScans()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        await world.ProgramAsync(p => (p.Logo, p.LogoContentType, p.LogoInQr) = (QrLogoTests.DrawnLogo, "image/svg+xml", true));
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Profile, new() { WaitUntil = WaitUntilState.NetworkIdle });

        var shot = await page.Locator("svg.qr").ScreenshotAsync();

        Assert.EndsWith($"/r/{await world.CodeOfAsync(partner)}?s=qr", await QrScanner.ReadAsync(shot, "png"), StringComparison.Ordinal);
        AssertLogo(shot, (0xee, 0));
    }

    private static void AssertLogo(byte[] shot, (int Red, int Green) color)
    {
        var picture = PngReader.Read(shot, 2000)!;
        var middle = picture.At(picture.Width / 2, picture.Height / 2);
        Assert.Equal(color, (middle[0], middle[1]));
    }
}
