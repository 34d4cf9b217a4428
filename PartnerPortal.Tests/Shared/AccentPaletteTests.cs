using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Shared;

/// <summary>The ratios are computed here once more, straight from the wording of WCAG 2.2, so that the palette is not measured with its own rule.</summary>
public sealed partial class AccentPaletteTests
{
    private static readonly string Tokens = Sources.Read("wwwroot-assets/css/tokens.css");

    private static readonly Gen<Rgb> Channels = Gen.Choose(0, 0xffffff).Select(n => new Rgb((byte)(n >> 16), (byte)(n >> 8), (byte)n));

    /// <summary>Corners and edges of the cube, where chroma or light run out, and greys.</summary>
    private static readonly Gen<Rgb> Edges = Gen.Elements<byte>(0, 1, 127, 254, 255).Three().Select(c => new Rgb(c.Item1, c.Item2, c.Item3));
    private static readonly Gen<Rgb> Greys = Gen.Choose(0, 255).Select(n => new Rgb((byte)n, (byte)n, (byte)n));

    [Fact]
    public void Of_AnyColor_IsLegibleInBothThemes() =>
        Prop.ForAll(Arb.From(Gen.OneOf(Channels, Edges, Greys)), color =>
        {
            var palette = AccentPalette.Of(color);
            var found = Faults(palette.Light, "light", 0).Concat(Faults(palette.Dark, "dark", 1)).ToList();
            return found.Count == 0 ? true : throw new Xunit.Sdk.XunitException($"{color}: {string.Join("; ", found)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Theory]
    [InlineData("#0d5f73", "#0d5f73", "#ffffff")]
    [InlineData("#000000", "#000000", "#ffffff")]
    [InlineData("#c2185b", "#c2185b", "#ffffff")]
    public void Of_DarkColor_StaysAsChosenOnLightPages(string chosen, string fill, string on)
    {
        var light = AccentPalette.Of(Color(chosen)).Light;

        Assert.Equal((fill, on), (light.Fill.ToString(), light.OnFill.ToString()));
    }

    [Theory]
    [InlineData("#ffd400")]
    [InlineData("#ff8a00")]
    [InlineData("#00e5ff")]
    public void Of_BrightColor_StaysAsChosenOnDarkPagesAndIsWrittenOnInInk(string chosen)
    {
        var palette = AccentPalette.Of(Color(chosen));

        Assert.Equal((Color(chosen), AccentPalette.Ink), (palette.Dark.Fill, palette.Dark.OnFill));
        Assert.True(palette.Light.Fill.Luminance < palette.Dark.Fill.Luminance);
    }

    [Fact]
    public void Of_Grey_MixesNoHueIntoIt() => Assert.All(
        new[] { AccentPalette.Of(new Rgb(128, 128, 128)) }.SelectMany(p => new[] { p.Light.Soft, p.Light.Text, p.Dark.Soft, p.Dark.Bar }),
        tone => Assert.Equal((tone.R, tone.R), (tone.G, tone.B)));

    [Fact]
    public void Of_Color_KeepsItsHue() => Prop.ForAll(Arb.From(Channels.Where(c => Oklch.Of(c).Chroma > 0.1)), color =>
    {
        var text = Oklch.Of(AccentPalette.Of(color).Dark.Text);
        // What is nearly white or grey has hardly any hue to compare.
        return text.Chroma < 0.05 || Math.Cos(text.Hue - Oklch.Of(color).Hue) > 0.99;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Planes_AreThoseOfTheTokens()
    {
        Assert.Equal(AccentPalette.LightPlanes, new[] { "canvas", "surface", "sunken", "raised" }.Select(p => Token(p, 0)));
        Assert.Equal(AccentPalette.DarkPlanes, new[] { "canvas", "surface", "sunken", "raised" }.Select(p => Token(p, 1)));
        Assert.Equal(AccentPalette.Own, Token("accent", 0));
    }

    [Fact]
    public void ToDeclarations_Always_NamesTokensThatThereAre()
    {
        var declarations = AccentPalette.Of(AccentPalette.Own).ToDeclarations().Split(';');

        Assert.Equal(8, declarations.Length);
        Assert.All(declarations, d => Assert.Contains($"  {d.Split(':')[0]}: ", Tokens, StringComparison.Ordinal));
        Assert.All(declarations, d => Assert.Matches("^--[a-z0-9-]+:light-dark\\(#[0-9a-f]{6},#[0-9a-f]{6}\\)$", d));
    }

    [Theory]
    [InlineData("#FF6600", "#ff6600")]
    [InlineData(" 0d5f73 ", "#0d5f73")]
    [InlineData("#fff", null)]
    [InlineData("#0d5f7", null)]
    [InlineData("#+d5f73", null)]
    [InlineData("# d5f73", null)]
    [InlineData("red", null)]
    [InlineData("#ggg000", null)]
    [InlineData("#ff660080", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryParse_Typed_ReadsSixDigitsOnly(string? typed, string? expected) => Assert.Equal(expected, Rgb.TryParse(typed, out var color) ? color.ToString() : null);

    private static IEnumerable<string> Faults(AccentTones tones, string theme, int column)
    {
        var planes = new[] { "canvas", "surface", "sunken", "raised" }.Select(p => (Name: p, Color: Token(p, column))).ToList();
        var soft = (Name: "soft", Color: tones.Soft);
        return
        [
            .. Below(4.5, "text on the fill", tones.OnFill, [("fill", tones.Fill), ("hover", tones.Hover)]),
            .. Below(4.5, "link", tones.Text, [.. planes, soft]),
            .. Below(4.5, "plane on a link's colour", planes[1].Color, [("text", tones.Text)]),
            .. Below(3, "control", tones.Fill, planes),
            .. Below(3, "bar", tones.Bar, planes),
            .. new[] { "text", "text-2", "text-3" }.SelectMany(t => Below(4.5, t, Token(t, column), [soft])),
        ];

        IEnumerable<string> Below(double least, string what, Rgb color, IEnumerable<(string Name, Rgb Color)> grounds) =>
            grounds.Where(g => Contrast(color, g.Color) < least).Select(g => $"{what} {color} on {theme} {g.Name} {g.Color} has {Contrast(color, g.Color):0.00}");
    }

    private static double Contrast(Rgb a, Rgb b)
    {
        var (lighter, darker) = (Math.Max(Light(a), Light(b)), Math.Min(Light(a), Light(b)));
        return (lighter + 0.05) / (darker + 0.05);

        static double Light(Rgb c) => (0.2126 * Part(c.R)) + (0.7152 * Part(c.G)) + (0.0722 * Part(c.B));

        static double Part(byte channel) => channel / 255.0 is var s && s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
    }

    private static Rgb Color(string hex) => Rgb.TryParse(hex, out var color) ? color : throw new FormatException(hex);

    /// <summary>A token's colour for light (0) or dark (1) pages.</summary>
    private static Rgb Token(string name, int column)
    {
        var match = Declarations().Matches(Tokens).Single(m => m.Groups[1].Value == name);
        return Color(match.Groups[2 + column].Value);
    }

    [GeneratedRegex(@"^  --([a-z0-9-]+):\s+light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", RegexOptions.Multiline)]
    private static partial Regex Declarations();
}
