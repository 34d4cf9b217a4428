namespace PartnerPortal.Shared;

/// <summary>The tones of one theme; each stands for a token of <c>tokens.css</c>.</summary>
/// <param name="Fill"><c>--accent</c>: filled button, selected control. 3:1 on every plane.</param>
/// <param name="OnFill"><c>--on-accent</c>: 4.5:1 on the fill and on its hover.</param>
/// <param name="Hover"><c>--accent-hover</c>.</param>
/// <param name="Text"><c>--accent-text</c>: link, focus ring. 4.5:1 on every plane and on the soft ground.</param>
/// <param name="Soft"><c>--accent-soft</c>: new row, chosen result. 4.5:1 under every text.</param>
/// <param name="Line"><c>--accent-line</c>: its edge; carries no meaning.</param>
/// <param name="Bar"><c>--chart-1</c>: 3:1 on every plane.</param>
/// <param name="SecondBar"><c>--chart-2</c>.</param>
public sealed record AccentTones(Rgb Fill, Rgb OnFill, Rgb Hover, Rgb Text, Rgb Soft, Rgb Line, Rgb Bar, Rgb SecondBar);

/// <summary>
/// Everything that follows from one accent colour, such that a page is legible whichever was chosen: WCAG 2.2 AA asks for 4.5:1 for text (1.4.3) and 3:1 for
/// controls and focus (1.4.11). Where the colour itself falls short, the nearest lightness of it that holds is taken.
/// </summary>
/// <param name="Chosen">What the owner set.</param>
/// <param name="Light">For light pages, and mail.</param>
/// <param name="Dark">For dark pages, and mail in programs that show it dark.</param>
public sealed record AccentPalette(Rgb Chosen, AccentTones Light, AccentTones Dark)
{
    public const double ForText = 4.5;
    public const double ForControls = 3;

    /// <summary>The product's own accent colour, the first of <c>--accent</c> in <c>tokens.css</c>.</summary>
    public static readonly Rgb Own = new(0x0d, 0x5f, 0x73);

    /// <summary>Canvas, surface, sunken, raised: what the tones stand on, as in <c>tokens.css</c>.</summary>
    public static readonly IReadOnlyList<Rgb> LightPlanes = [new(0xf6, 0xf8, 0xf8), Rgb.White, new(0xf1, 0xf4, 0xf5), Rgb.White];

    /// <inheritdoc cref="LightPlanes"/>
    public static readonly IReadOnlyList<Rgb> DarkPlanes = [new(0x0d, 0x11, 0x13), new(0x14, 0x19, 0x1c), new(0x1a, 0x21, 0x24), new(0x1b, 0x22, 0x26)];

    /// <summary>Text on a fill that is too bright for white.</summary>
    public static readonly Rgb Ink = new(0x0d, 0x11, 0x13);

    private static readonly Rgb Black = new(0, 0, 0);

    /// <summary>White is what a filled button is expected to say its word in: the colour gives way to it so much more than to ink.</summary>
    private const double GivesWayToWhite = 0.06;

    /// <summary>Of lightness; finer than a step of a channel in most colours.</summary>
    private const double Step = 0.004;

    public static AccentPalette Of(Rgb chosen)
    {
        var color = Oklch.Of(chosen);
        // A grey has no hue, and what is mixed from it has none either.
        var light = (Soft: Tone(color, 0.955, 0.013), Line: Tone(color, 0.82, 0.045), SecondBar: Tone(color, 0.80, 0.045));
        var dark = (Soft: Tone(color, 0.29, 0.042), Line: Tone(color, 0.45, 0.06), Bar: Tone(color, 0.62, 0.085), SecondBar: Tone(color, 0.40, 0.055));
        var (lightFill, lightOn) = FillOf(chosen, LightPlanes);
        var (darkFill, darkOn) = FillOf(chosen, DarkPlanes);
        var lightText = TextOf(chosen, [.. LightPlanes, light.Soft]);
        return new AccentPalette(
            chosen,
            new AccentTones(lightFill, lightOn, HoverOf(lightFill, lightOn), lightText, light.Soft, light.Line, lightText, light.SecondBar),
            new AccentTones(darkFill, darkOn, HoverOf(darkFill, darkOn), TextOf(chosen, [.. DarkPlanes, dark.Soft]), dark.Soft, dark.Line, dark.Bar, dark.SecondBar));
    }

    /// <summary>The tokens as declarations of a style sheet or a style attribute.</summary>
    public string ToDeclarations() =>
        $"--accent:{Both(t => t.Fill)};--on-accent:{Both(t => t.OnFill)};--accent-hover:{Both(t => t.Hover)};--accent-text:{Both(t => t.Text)};"
        + $"--accent-soft:{Both(t => t.Soft)};--accent-line:{Both(t => t.Line)};--chart-1:{Both(t => t.Bar)};--chart-2:{Both(t => t.SecondBar)}";

    private static (Rgb Fill, Rgb On) FillOf(Rgb chosen, IReadOnlyList<Rgb> planes)
    {
        var white = Nearest(chosen, c => Shows(c) && c.ContrastTo(Rgb.White) >= ForText);
        var ink = Nearest(chosen, c => Shows(c) && c.ContrastTo(Ink) >= ForText);
        return white.Distance <= ink.Distance + GivesWayToWhite ? (white.Color, Rgb.White) : (ink.Color, Ink);

        bool Shows(Rgb color) => planes.All(p => p.ContrastTo(color) >= ForControls);
    }

    private static Rgb TextOf(Rgb chosen, IReadOnlyList<Rgb> grounds) => Nearest(chosen, c => grounds.All(g => g.ContrastTo(c) >= ForText)).Color;

    /// <summary>Away from the text on it, which so becomes no harder to read.</summary>
    private static Rgb HoverOf(Rgb fill, Rgb on) => fill.Mix(on == Rgb.White ? Black : Rgb.White, 0.1);

    private static Rgb Tone(Oklch color, double lightness, double chroma) => new Oklch(lightness, Math.Min(chroma, color.Chroma), color.Hue).ToRgb();

    /// <summary>The colour itself when it holds, else the one with the nearest lightness that does.</summary>
    private static (Rgb Color, double Distance) Nearest(Rgb chosen, Func<Rgb, bool> holds)
    {
        if (holds(chosen))
        {
            return (chosen, 0);
        }

        var start = Oklch.Of(chosen);
        for (var distance = Step; distance <= 1 + Step; distance += Step)
        {
            foreach (var lightness in new[] { start.Lightness - distance, start.Lightness + distance })
            {
                if ((start with { Lightness = lightness }).ToRgb() is var color && holds(color))
                {
                    return (color, distance);
                }
            }
        }

        // The other text then has one: it is never asked of both in vain.
        return (chosen, double.PositiveInfinity);
    }

    private string Both(Func<AccentTones, Rgb> tone) => $"light-dark({tone(Light)},{tone(Dark)})";
}
