using System.Text;
using PartnerPortal.Documents.Text;
using SkiaSharp;

namespace PartnerPortal.Documents.Layout;

/// <summary>Something drawn on a page, at points from its left and its top.</summary>
internal abstract record Mark
{
    // Not as colours of the library: a field of its type would have it loaded with the type, at the start.
    protected const uint Ink = 0xFF1B1F27;
    protected const uint Grey = 0xFF5A6370;
    protected const uint Faint = 0xFFC9CFD8;

    public abstract void Draw(SKCanvas canvas);
}

internal sealed record TextMark(ShapedLine Line, bool Quiet, float X, float Baseline) : Mark
{
    public override void Draw(SKCanvas canvas)
    {
        using var paint = new SKPaint { Color = new SKColor(Quiet ? Grey : Ink), IsAntialias = true };
        var x = X;
        foreach (var run in Line.Runs.Where(r => r.Glyphs.Count > 0))
        {
            using var font = new SKFont(run.Face.Typeface, run.Size) { Subpixel = true, Hinting = SKFontHinting.None };
            using var blob = Blob(run, font);
            canvas.DrawText(blob, x, Baseline, paint);
            x += run.Width;
        }
    }

    /// <summary>With the text beside the glyphs, so that readers can copy and search what ligatures and joined letters stand for.</summary>
    private static SKTextBlob Blob(ShapedRun run, SKFont font)
    {
        using var builder = new SKTextBlobBuilder();
        var utf8 = Encoding.UTF8.GetBytes(run.Text);
        var buffer = builder.AllocateRawPositionedTextRun(font, run.Glyphs.Count, utf8.Length, null);
        utf8.CopyTo(buffer.Text);
        for (var i = 0; i < run.Glyphs.Count; i++)
        {
            var glyph = run.Glyphs[i];
            buffer.Glyphs[i] = glyph.Glyph;
            buffer.Positions[i] = new SKPoint(glyph.X, glyph.Y);
            buffer.Clusters[i] = (uint)Encoding.UTF8.GetByteCount(run.Text.AsSpan(0, glyph.Cluster));
        }

        return builder.Build() ?? throw new InvalidOperationException("A run with glyphs makes a text blob.");
    }
}

/// <summary>A line from side to side of what it belongs to.</summary>
internal sealed record RuleMark(float X, float Width, float Y, bool Strong) : Mark
{
    public override void Draw(SKCanvas canvas)
    {
        using var paint = new SKPaint { Color = new SKColor(Strong ? Ink : Faint), StrokeWidth = Strong ? 0.9f : 0.6f, IsStroke = true };
        canvas.DrawLine(X, Y, X + Width, Y, paint);
    }
}
