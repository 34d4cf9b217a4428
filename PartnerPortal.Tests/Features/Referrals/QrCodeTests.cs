using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

/// <summary>What a scanner reads, not what we believe to have drawn: <c>zbarimg</c> decodes the files.</summary>
public sealed partial class QrCodeTests
{
    private const string Link = "https://partners.fernhill.example/r/KM7QX4WT?s=qr";

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public async Task ToPng_AnySize_ScansAndIsNoLarger(int pixels)
    {
        var png = QrCode.Of(Link).ToPng(pixels);

        Assert.Equal(Link, await QrScanner.ReadAsync(png, "png"));
        Assert.InRange(WidthOf(png), pixels * 3 / 4, pixels);
    }

    [Fact]
    public async Task ToSvg_DrawnAt256_Scans()
    {
        Assert.Equal(Link, await QrScanner.ReadAsync(Bitmap(QrCode.Of(Link), 256, _ => false), "pgm"));
    }

    [Fact]
    public async Task ToSvg_StainedAndSpeckled_StillScans()
    {
        var qr = QrCode.Of(Link);
        // A stain turns a block in the middle, and specks spoil a codeword here and there: a tenth of the code in all.
        var stain = (From: qr.Size * 0.45, To: qr.Size * 0.70);
        var dirty = Bitmap(qr, 256, at => (at.X >= stain.From && at.X < stain.To && at.Y >= stain.From && at.Y < stain.To) || (((at.X * 7) + (at.Y * 13)) % 160 == 0 && at is { X: > 12, Y: > 12 }));

        Assert.Equal(Link, await QrScanner.ReadAsync(dirty, "pgm"));
    }

    [Fact]
    public void ToSvg_Always_IsDarkOnWhiteWithQuietZone()
    {
        var qr = QrCode.Of(Link);
        var svg = qr.ToSvg();

        Assert.Contains($"viewBox=\"0 0 {qr.Size} {qr.Size}\"", svg, StringComparison.Ordinal);
        Assert.Contains("shape-rendering=\"crispEdges\"", svg, StringComparison.Ordinal);
        var runs = Runs(qr).ToList();
        Assert.Equal((4, 4), (runs.Min(r => r.X), runs.Min(r => r.Y)));
        Assert.Equal((qr.Size - 4, qr.Size - 5), (runs.Max(r => r.X + r.Length), runs.Max(r => r.Y)));
    }

    [Fact]
    public async Task Endpoints_OwnCode_GiveFilesAndNothingOfOthers()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var ada = await world.PersonAsync("Ada Lovelace");
        var own = await world.CodeOfAsync(ada);
        var others = await world.CodeOfAsync(await world.PersonAsync("Bob Other"));

        var png = Assert.IsType<FileContentHttpResult>(await GetAsync(own, QrEndpoints.Png));
        Assert.EndsWith($"/r/{own}?s=qr", await QrScanner.ReadAsync(png.FileContents.ToArray(), "png"), StringComparison.Ordinal);
        Assert.Equal($"qr-{own}.png", png.FileDownloadName);
        Assert.IsType<NotFound>(await GetAsync(others, QrEndpoints.Png));
        Assert.IsType<NotFound>(await GetAsync("KM7QX4WT", QrEndpoints.Png));
        using var visitor = portal.CreateClient(new() { AllowAutoRedirect = false });
        using var response = await visitor.GetAsync(new Uri($"/qr/{own}.svg", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);

        Task<IResult> GetAsync(string code, Func<string, int?, HttpContext, ActorSource, AccountQueries, PublicUrl, QrLogoSource, CancellationToken, Task<IResult>> endpoint) =>
            portal.InScopeAsync(services =>
            {
                var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, ada.UserId!.Value.ToString(CultureInfo.InvariantCulture))], "test"));
                return endpoint(code, 256, new DefaultHttpContext { User = user }, services.GetRequiredService<ActorSource>(),
                    services.GetRequiredService<AccountQueries>(), services.GetRequiredService<PublicUrl>(), services.GetRequiredService<QrLogoSource>(), default);
            });
    }

    /// <summary>Draws the path data as a PGM file, so that no SVG renderer is needed.</summary>
    private static byte[] Bitmap(QrCode qr, int pixels, Func<(int X, int Y), bool> spoiled)
    {
        var dark = new bool[qr.Size, qr.Size];
        foreach (var (x, y, length) in Runs(qr))
        {
            for (var i = 0; i < length; i++)
            {
                dark[x + i, y] = true;
            }
        }

        var body = new byte[pixels * pixels];
        for (var y = 0; y < pixels; y++)
        {
            for (var x = 0; x < pixels; x++)
            {
                var at = (X: x * qr.Size / pixels, Y: y * qr.Size / pixels);
                body[(y * pixels) + x] = dark[at.X, at.Y] != spoiled(at) ? (byte)0x12 : (byte)0xff;
            }
        }

        return [.. System.Text.Encoding.ASCII.GetBytes($"P5 {pixels} {pixels} 255\n"), .. body];
    }

    private static IEnumerable<(int X, int Y, int Length)> Runs(QrCode qr) => Run().Matches(qr.Path).Select(m => (Number(m, 1), Number(m, 2), Number(m, 3)));

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>Of a PNG's header (RFC 2083, 4.1.1).</summary>
    private static int WidthOf(byte[] png) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16, 4));

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z")]
    private static partial Regex Run();
}
