using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace PartnerPortal.Documents.Text;

/// <summary>Turns text into lines of glyphs: directions, fonts, shapes. For one document at a time.</summary>
internal sealed class TextShaper : IDisposable
{
    private readonly Face[] _faces = [new("NotoSans-Regular.ttf"), new("NotoSans-Bold.ttf"), new("NotoSansArabic-Regular.ttf"), new("NotoSansArabic-Bold.ttf")];
    private readonly Buffer _buffer = new();
    private readonly Language _language = new("en");

    public void Dispose()
    {
        _buffer.Dispose();
        foreach (var face in _faces)
        {
            face.Dispose();
        }
    }

    /// <summary>Breaks text into lines that are no wider than asked, at spaces, or within a word that is too long by itself.</summary>
    /// <param name="text">Line feeds begin a new line.</param>
    /// <param name="style">Size and weight.</param>
    /// <param name="width">Points.</param>
    /// <param name="rightToLeft">The direction of the lines.</param>
    public IReadOnlyList<ShapedLine> Lines(string text, TextStyle style, float width, bool rightToLeft)
    {
        var lines = new List<ShapedLine>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var words = new Words(this, paragraph, style, BidiLevels.Of(paragraph, rightToLeft));
            lines.AddRange(words.Break(width).Select(part => Line(paragraph, part.Start, part.End, style, words.Levels, rightToLeft)));
        }

        return lines;
    }

    /// <summary>The width of some characters, in points.</summary>
    internal float Measure(string text, int start, int end, TextStyle style, byte[] levels) => Runs(text, start, end, style, levels).Sum(r => r.Run.Width);

    private ShapedLine Line(string text, int start, int end, TextStyle style, byte[] levels, bool rightToLeft)
    {
        // L1: spaces at the end of a line have the line's direction; they are not drawn.
        while (end > start && text[end - 1] is ' ')
        {
            end--;
        }

        var runs = Runs(text, start, end, style, levels);
        return runs.Count == 0 ? ShapedLine.Empty : new ShapedLine([.. InVisualOrder(runs, rightToLeft ? 1 : 0)], runs.Sum(r => r.Run.Width));
    }

    private List<(ShapedRun Run, byte Level)> Runs(string text, int start, int end, TextStyle style, byte[] levels)
    {
        var runs = new List<(ShapedRun, byte)>();
        for (var i = start; i < end;)
        {
            if (OnlyDirects(text[i]))
            {
                i++;
                continue;
            }

            var (from, level, face) = (i, levels[i], FaceOf(text, i, style));
            while (i < end && levels[i] == level && !OnlyDirects(text[i]) && (FaceOf(text, i, style) == face || BidiClasses.Of(text[i]) is BidiClass.NSM))
            {
                i++;
            }

            runs.Add((Shape(text, from, i, style, level % 2 == 1, face), level));
        }

        return runs;
    }

    /// <summary>Did its work when the levels were resolved, and has no shape.</summary>
    private static bool OnlyDirects(char c) => BidiClasses.OpensIsolate(c) || c is BidiClasses.PopIsolate or '\u200E' or '\u200F' or '\u061C';

    /// <summary>Arabic letters and their marks from the Arabic font, all else from the Latin one.</summary>
    private Face FaceOf(string text, int at, TextStyle style)
    {
        var arabic = text[at] is (>= '\u0600' and <= '\u06FF') or '\u200C' or '\u200D';
        return _faces[(arabic ? 2 : 0) + (style.Bold ? 1 : 0)];
    }

    private ShapedRun Shape(string text, int start, int end, TextStyle style, bool rightToLeft, Face face)
    {
        _buffer.ClearContents();
        _buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        // Else it is the machine's, and another machine might draw another glyph.
        _buffer.Language = _language;
        _buffer.Flags = BufferFlags.RemoveDefaultIgnorables;
        _buffer.AddUtf16(text.AsSpan(), start, end - start);
        _buffer.GuessSegmentProperties();
        face.Shaping.Shape(_buffer);
        var infos = _buffer.GetGlyphInfoSpan();
        var positions = _buffer.GetGlyphPositionSpan();
        var scale = style.Size / face.UnitsPerEm;
        var glyphs = new ShapedGlyph[infos.Length];
        var x = 0f;
        for (var i = 0; i < glyphs.Length; i++)
        {
            glyphs[i] = new ShapedGlyph((ushort)infos[i].Codepoint, x + (positions[i].XOffset * scale), -positions[i].YOffset * scale, (int)infos[i].Cluster - start);
            x += positions[i].XAdvance * scale;
        }

        return new ShapedRun(face, style.Size, text[start..end], glyphs, x);
    }

    /// <summary>L2: from the highest level down to the lowest odd one, whatever stands at it or above is turned round.</summary>
    private static IEnumerable<ShapedRun> InVisualOrder(List<(ShapedRun Run, byte Level)> runs, int lowest)
    {
        var order = runs.ToArray();
        for (var level = order.Max(r => r.Level); level >= Math.Max(1, lowest); level--)
        {
            for (var i = 0; i < order.Length;)
            {
                var from = i;
                while (i < order.Length && order[i].Level >= level)
                {
                    i++;
                }

                Array.Reverse(order, from, i - from);
                i = Math.Max(i, from + 1);
            }
        }

        return order.Select(r => r.Run);
    }
}
