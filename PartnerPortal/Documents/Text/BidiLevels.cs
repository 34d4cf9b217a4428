namespace PartnerPortal.Documents.Text;

/// <summary>
/// The embedding levels of a paragraph by UAX #9 (Unicode 15): odd ones run from the right. Isolates are followed; the old embeddings and overrides are not, since nothing
/// here writes them (their marks are passed over).
/// </summary>
internal sealed class BidiLevels
{
    private readonly string _text;
    private readonly byte[] _levels;

    private BidiLevels(string text) => (_text, _levels) = (text, new byte[text.Length]);

    /// <param name="text">One paragraph.</param>
    /// <param name="rightToLeft">The paragraph's direction.</param>
    /// <returns>A level for each UTF-16 unit.</returns>
    public static byte[] Of(string text, bool rightToLeft)
    {
        var levels = new BidiLevels(text);
        levels.Resolve(0, text.Length, rightToLeft ? (byte)1 : (byte)0);
        return levels._levels;
    }

    /// <summary>By the first character that has a direction (P2, P3); false when there is none.</summary>
    public static bool IsRightToLeft(ReadOnlySpan<char> text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += BidiClasses.OpensIsolate(c) ? 1 : c is BidiClasses.PopIsolate && depth > 0 ? -1 : 0;
            if (depth == 0 && BidiClasses.Of(c) is var found && BidiClasses.IsStrong(found))
            {
                return found is not BidiClass.L;
            }
        }

        return false;
    }

    /// <summary>One isolate, or the whole: what is isolated within it counts as one neutral character, and is resolved by itself.</summary>
    private void Resolve(int start, int end, byte level)
    {
        var run = new BidiRun(level);
        for (var i = start; i < end; i++)
        {
            _levels[i] = level;
            if (!BidiClasses.OpensIsolate(_text[i]))
            {
                run.Add(i, _text[i], BidiClasses.Of(_text[i]));
                continue;
            }

            var close = Close(i, end);
            run.Add(i, _text[i], BidiClass.ON);
            var rightToLeft = _text[i] is BidiClasses.RightToLeftIsolate || (_text[i] is BidiClasses.FirstStrongIsolate && IsRightToLeft(_text.AsSpan(i + 1, close - i - 1)));
            Resolve(i + 1, close, (byte)(rightToLeft ? (level + 1) | 1 : (level + 2) & ~1));
            if (close < end)
            {
                _levels[close] = level;
                run.Add(close, _text[close], BidiClass.ON);
            }

            i = close;
        }

        run.Resolve(_levels);
    }

    /// <summary>Where the isolate ends; at the end of the text when nothing closes it.</summary>
    private int Close(int open, int end)
    {
        var depth = 0;
        for (var i = open; i < end; i++)
        {
            depth += BidiClasses.OpensIsolate(_text[i]) ? 1 : _text[i] is BidiClasses.PopIsolate ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return end;
    }
}
