using System.Net;
using System.Text.RegularExpressions;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Program;

public sealed partial class BrandSheetTests
{
    [Fact]
    public async Task Pages_WithoutAccent_LinkNoSheet()
    {
        await using var portal = await TestPortal.StartAsync();
        using var client = portal.CreateClient();

        Assert.DoesNotContain(PortalUrls.BrandSheet, await client.GetStringAsync(Path(PortalUrls.Landing)), StringComparison.Ordinal);
        using var sheet = await client.GetAsync(Path(PortalUrls.BrandSheet));
        Assert.Equal(HttpStatusCode.NotFound, sheet.StatusCode);
    }

    [Fact]
    public async Task Pages_WithAccent_LinkItAfterTheTokensEverywhere()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.ProgramAsync(p => p.Accent = "#ff6600");
        using var client = await SignedIn.ClientAsync(portal, partner);
        using var visitor = portal.CreateClient();

        foreach (var (who, address) in new[]
        {
            (visitor, PortalUrls.Landing), (visitor, PortalUrls.Join(await world.CodeOfAsync(partner))), (visitor, PortalUrls.SignIn), (visitor, PortalUrls.RegisterAccount),
            (client, PortalUrls.Clients), (client, PortalUrls.Manage),
        })
        {
            var sheets = Sheet().Matches(await who.GetStringAsync(Path(address))).Select(m => m.Groups[1].Value).ToList();
            var tokens = sheets.FindIndex(s => s.Contains("/tokens.", StringComparison.Ordinal));
            Assert.StartsWith(PortalUrls.BrandSheet + "?v=", sheets[tokens + 1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_PresentVersion_IsKeptForLongAndOthersAreNot()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).ProgramAsync(p => p.Accent = "#ff6600");
        var url = BrandSheet.Of(new ProgramSettings { Accent = "#ff6600" })!.Url;
        using var client = portal.CreateClient();

        using var named = await client.GetAsync(Path(url));
        Assert.Equal("text/css", named.Content.Headers.ContentType!.MediaType);
        Assert.Equal($":root{{{AccentPalette.Of(new Rgb(0xff, 0x66, 0)).ToDeclarations()}}}\n", await named.Content.ReadAsStringAsync());
        Assert.Equal((TimeSpan.FromDays(365), true), (named.Headers.CacheControl!.MaxAge, named.Headers.CacheControl.Public));

        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(named.Headers.ETag!);
        using var unchanged = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var older = await client.GetAsync(Path(PortalUrls.WithQuery(PortalUrls.BrandSheet, ("v", "0123456789abcdef"))));
        Assert.Equal((HttpStatusCode.OK, true), (older.StatusCode, older.Headers.CacheControl!.NoCache));
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    [GeneratedRegex("""<link rel="stylesheet" href="([^"]+)""")]
    private static partial Regex Sheet();
}
