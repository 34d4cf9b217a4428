using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Shared.Pictures;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

/// <summary>Codes with a logo must scan as well as those without; <c>zbarimg</c> says whether they do. How an SVG comes out is seen in Chromium, see Browser.</summary>
public sealed class QrLogoTests
{
    public const string Link = "https://partners.fernhill.example/r/KM7QX4WT?s=qr";

    /// <summary>Large enough for alignment marks, of which one is under the logo.</summary>
    public const string LongLink = "https://partners.integrators.fernhill-software-international.example/r/KM7QX4WT?s=qr";

    public static byte[] DrawnLogo => Encoding.UTF8.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><style>path{fill:#e00}</style><path d="M0 0h8v8h-8z"/></svg>""");

    public static QrLogo Png(byte[] file) => new(file, "image/png", "/brand/logo?v=1");

    public static QrLogo Svg(byte[] file) => new(file, "image/svg+xml", "/brand/logo?v=1");

    [Theory]
    [InlineData(Link, 256)]
    [InlineData(Link, 1024)]
    [InlineData(LongLink, 256)]
    [InlineData(LongLink, 1024)]
    public async Task ToPng_WithLogo_ScansAndShowsIt(string link, int pixels)
    {
        var file = QrCode.Of(link, Png(PngFile.Disc(200, 0xe0, 0, 0))).ToPng(pixels);

        Assert.Equal(link, await QrScanner.ReadAsync(file, "png"));
        var picture = PngReader.Read(file, pixels)!;
        Assert.InRange(picture.Width, pixels * 3 / 4, pixels);
        Assert.Equal([0xe0, 0, 0, 255], picture.At(picture.Width / 2, picture.Height / 2).ToArray());
    }

    /// <summary>The logo that disturbs most, in codes of every size that a link of ours can have.</summary>
    [Fact]
    public async Task ToPng_BlackSquareAsLogo_StillScans()
    {
        var logo = Png(new PngFile(64, 64, 1, 0).Write((_, _) => [0]));
        var unread = new List<string>();
        for (var length = 30; length <= 130; length += 4)
        {
            var link = "https://partners.fernhill.example/".PadRight(length, 'x')[..length];
            if (await QrScanner.ReadAsync(QrCode.Of(link, logo).ToPng(256), "png") != link)
            {
                unread.Add(link);
            }
        }

        Findings.None(unread);
    }

    [Fact]
    public void Plate_Always_IsAFifthAtMostAndInTheMiddle() => Assert.All(Enumerable.Range(1, 110).Select(n => QrCode.Of(new string('x', n), Svg(DrawnLogo))), qr =>
    {
        Assert.InRange(qr.Plate!.Side, qr.Size * 0.14, qr.Size * 0.2);
        Assert.Equal(qr.Size, (qr.Plate.From * 2) + qr.Plate.Side);
        Assert.All(Enumerable.Range(qr.Plate.From, qr.Plate.Side), at => Assert.False(qr.IsDark(at, qr.Size / 2)));
    });

    [Fact]
    public void ToPng_WideLogo_KeepsItsShape()
    {
        var qr = QrCode.Of(Link, Png(new PngFile(90, 30, 8, 2).Write((_, _) => [0, 0, 0xe0])));
        var picture = PngReader.Read(qr.ToPng(1024), 1024)!;
        var module = picture.Width / qr.Size;

        var blue = Enumerable.Range(0, picture.Height).Count(y => picture.At(picture.Width / 2, y).SequenceEqual<byte>([0, 0, 0xe0, 255]));

        Assert.Equal(Math.Round(qr.LogoPlace!.Side * module / 3.0), blue);
    }

    [Fact]
    public void ToPng_DrawnOrBrokenLogo_IsAPlainCode()
    {
        var plain = QrCode.Of(Link).ToPng(256);

        Assert.Equal(plain, QrCode.Of(Link, Svg(DrawnLogo)).ToPng(256));
        Assert.Equal(plain, QrCode.Of(Link, Png(PngFile.Disc(20, 1, 2, 3)[..80])).ToPng(256));
    }

    [Fact]
    public async Task Endpoints_LogoInCodes_GiveFilesWithIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var ada = await world.PersonAsync("Ada Lovelace");
        await world.ProgramAsync(p => (p.Logo, p.LogoContentType, p.LogoInQr) = (PngFile.Disc(60, 0, 0, 0xe0), "image/png", true));
        using var client = await SignedIn.ClientAsync(portal, ada);
        var code = await world.CodeOfAsync(ada);

        var file = await client.GetByteArrayAsync(new Uri(PortalUrls.QrPng(code, 300), UriKind.Relative));
        var svg = await client.GetStringAsync(new Uri(PortalUrls.QrSvg(code), UriKind.Relative));

        Assert.EndsWith($"/r/{code}?s=qr", await QrScanner.ReadAsync(file, "png"), StringComparison.Ordinal);
        var picture = PngReader.Read(file, 300)!;
        Assert.Equal([0, 0, 0xe0, 255], picture.At(picture.Width / 2, picture.Height / 2).ToArray());
        Assert.Contains("xlink:href=\"data:image/png;base64,", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_Setting_DecidesAndTheLogoIsReadOnce()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var source = portal.Services.GetRequiredService<QrLogoSource>();
        var file = PngFile.Disc(20, 0, 0, 0xe0);

        Assert.Null(await source.GetAsync());
        await world.ProgramAsync(p => (p.Logo, p.LogoContentType) = (file, "image/png"));
        Assert.Null(await source.GetAsync());
        await world.ProgramAsync(p => p.LogoInQr = true);
        var logo = await source.GetAsync();
        Assert.Equal((20, "/brand/logo?v=1"), (logo!.Pixels!.Width, logo.Url));
        Assert.Same(logo, await source.GetAsync());
        await world.ProgramAsync(p => (p.Logo, p.LogoContentType) = (null, null));
        Assert.Null(await source.GetAsync());
    }
}
