using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PartnerPortal.Shared;

/// <summary>An sRGB colour of 8 bits a channel, as style sheets write it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rgb(byte R, byte G, byte B)
{
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").</summary>
    public double Luminance => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    /// <summary>Reads <c>#rrggbb</c>; the sign may be missing, and case does not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, out Rgb color)
    {
        var digits = typed.AsSpan().Trim();
        digits = digits.StartsWith('#') ? digits[1..] : digits;
        color = default;
        if (typed is null || digits.Length != 6 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        color = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public double ContrastTo(Rgb other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>A share of the other colour mixed in, channel by channel, as <c>color-mix(in srgb, …)</c> does.</summary>
    public Rgb Mix(Rgb other, double share) => new(Mix(R, other.R, share), Mix(G, other.G, share), Mix(B, other.B, share));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <summary>The light of a channel, 0 to 1 (IEC 61966-2-1).</summary>
    internal static double Linear(byte channel)
    {
        var part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private static byte Mix(byte one, byte other, double share) => (byte)Math.Round((one * (1 - share)) + (other * share));
}
