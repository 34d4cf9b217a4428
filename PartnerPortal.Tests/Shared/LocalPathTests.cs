using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class LocalPathTests
{
    private static readonly Uri Site = new("https://a.test");

    [Theory]
    [InlineData("/")]
    [InlineData("/clients")]
    [InlineData("/clients/12?tab=money#top")]
    [InlineData("/join/KM7QX4WT?to=https://b.test//x")]
    [InlineData("/clients?q=Jos%C3%A9%20%5C")]
    [InlineData("/a:b@c")]
    [InlineData("/100%")]
    public void IsSafe_PathOfThisSite_IsSafe(string path) => Assert.True(LocalPath.IsSafe(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("clients")]
    [InlineData("~/clients")]
    [InlineData("https://b.test")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//b.test")]
    [InlineData("/\\b.test")]
    [InlineData("\\\\b.test")]
    [InlineData("/x\\..\\b")]
    [InlineData("/\t/b.test")]
    [InlineData("/\n/b.test")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    [InlineData(" /x")]
    [InlineData("/%2fb.test")]
    [InlineData("/%2F/b.test")]
    [InlineData("/%5chost")]
    [InlineData("/%5Chost")]
    [InlineData("/%255chost")]
    [InlineData("/%25255chost")]
    [InlineData("/%252525255chost")]
    [InlineData("/%09/b.test")]
    [InlineData("/.//b.test")]
    [InlineData("/..//b.test")]
    [InlineData("/x/../../b.test")]
    [InlineData("/%2e%2e//b.test")]
    [InlineData("/x//b")]
    [InlineData("/?\u0000")]
    [InlineData("/\u0085x")]
    public void IsSafe_AnythingElse_IsNot(string? path)
    {
        Assert.False(LocalPath.IsSafe(path));
        Assert.Equal("/home", LocalPath.OrDefault(path, "/home"));
    }

    [Fact]
    public void IsSafe_TooLong_IsNot() => Assert.False(LocalPath.IsSafe("/" + new string('a', 3000)));

    [Fact]
    public void IsSafe_AnyPathItLetsThrough_StaysOnTheSite()
    {
        var pieces = Gen.Elements("/", "//", "\\", "%2f", "%5c", "%25", "..", ".", "b.test", "@", ":", "https:", "?", "#", "\t", "\r", "\n", " ", "%09", "x", "é", "／", "%", "\0", "[", "]");
        var paths = Gen.Choose(0, 8).SelectMany(count => pieces.ArrayOf(count)).Select(parts => string.Concat(parts));

        Prop.ForAll(Arb.From(paths), path => StaysHere(path) && StaysHere("/" + path)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Prop.ForAll<string>(text => StaysHere(text) && StaysHere("/" + text)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool StaysHere(string? path) =>
        !LocalPath.IsSafe(path) || (new Uri(Site, path).Host == Site.Host && new Uri(Site, Uri.UnescapeDataString(path)).Host == Site.Host);
}
