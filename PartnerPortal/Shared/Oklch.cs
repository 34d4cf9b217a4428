using System.Runtime.InteropServices;

namespace PartnerPortal.Shared;

/// <summary>
/// A colour by lightness (0 to 1), chroma (0 is grey) and hue (radians) as the eye sees them, so that it can be made darker or lighter and stay the same colour.
/// Björn Ottosson, "A perceptual color space for image processing", 2020; the same that CSS Color 4 calls oklch().
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Oklch(double Lightness, double Chroma, double Hue)
{
    private const double InGamut = 0.0005;

    public static Oklch Of(Rgb color)
    {
        var (r, g, b) = (Rgb.Linear(color.R), Rgb.Linear(color.G), Rgb.Linear(color.B));
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        var x = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s);
        var y = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        return new Oklch((0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s), Math.Sqrt((x * x) + (y * y)), Math.Atan2(y, x));
    }

    /// <summary>The nearest colour a screen can show: same lightness and hue, and as much chroma as there is.</summary>
    public Rgb ToRgb()
    {
        var lightness = Math.Clamp(Lightness, 0, 1);
        var (least, most) = (0.0, Chroma);
        if (!Shows(this with { Lightness = lightness }))
        {
            // Twelve halvings leave less than a step of a channel.
            for (var i = 0; i < 12; i++)
            {
                var middle = (least + most) / 2;
                (least, most) = Shows(new Oklch(lightness, middle, Hue)) ? (middle, most) : (least, middle);
            }

            most = least;
        }

        var (r, g, b) = new Oklch(lightness, most, Hue).ToLinear();
        return new Rgb(Channel(r), Channel(g), Channel(b));
    }

    private static bool Shows(Oklch color)
    {
        var (r, g, b) = color.ToLinear();
        return Math.Min(r, Math.Min(g, b)) >= -InGamut && Math.Max(r, Math.Max(g, b)) <= 1 + InGamut;
    }

    private static byte Channel(double linear)
    {
        var light = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
    }

    private (double R, double G, double B) ToLinear()
    {
        var (x, y) = (Chroma * Math.Cos(Hue), Chroma * Math.Sin(Hue));
        var l = Cube(Lightness + (0.3963377774 * x) + (0.2158037573 * y));
        var m = Cube(Lightness - (0.1055613458 * x) - (0.0638541728 * y));
        var s = Cube(Lightness - (0.0894841775 * x) - (1.2914855480 * y));
        return ((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double x) => x * x * x;
}
