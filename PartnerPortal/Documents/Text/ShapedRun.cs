using System.Runtime.InteropServices;

namespace PartnerPortal.Documents.Text;

/// <summary>A glyph of a font with its place, in points from the start of its run, and the character (UTF-16) it begins with.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShapedGlyph(ushort Glyph, float X, float Y, int Cluster);

/// <summary>Characters of one direction in one font, shaped.</summary>
/// <param name="Text">The characters, in the order in which they are read.</param>
/// <param name="Glyphs">From left to right; clusters count from the start of <paramref name="Text"/>.</param>
/// <param name="Width">Points.</param>
internal sealed record ShapedRun(Face Face, float Size, string Text, IReadOnlyList<ShapedGlyph> Glyphs, float Width);

/// <summary>A line as it is seen: its runs from left to right.</summary>
/// <param name="Width">Points.</param>
internal sealed record ShapedLine(IReadOnlyList<ShapedRun> Runs, float Width)
{
    public static readonly ShapedLine Empty = new([], 0);
}
