namespace PartnerPortal.Documents.Text;

/// <summary>Where a paragraph may be broken, and how.</summary>
internal sealed class Words(TextShaper shaper, string text, TextStyle style, byte[] levels)
{
    public byte[] Levels => levels;

    /// <summary>The lines, each as many words as fit. There is at least one, also of nothing.</summary>
    public IEnumerable<(int Start, int End)> Break(float width)
    {
        var (start, filled) = (0, 0f);
        foreach (var (from, end) in Pieces(width))
        {
            var all = Measure(from, end);
            var bare = text[end - 1] is ' ' ? Measure(from, end - 1) : all;
            if (from > start && filled + bare > width)
            {
                yield return (start, from);
                (start, filled) = (from, 0);
            }

            filled += all;
        }

        yield return (start, text.Length);
    }

    /// <summary>Words with the space after them; such as are wider than a line in parts that are not.</summary>
    private IEnumerable<(int Start, int End)> Pieces(float width)
    {
        for (var start = 0; start < text.Length;)
        {
            var space = text.IndexOf(' ', start);
            var end = space < 0 ? text.Length : space + 1;
            if (Measure(start, end) <= width || Measure(start, space < 0 ? end : space) <= width)
            {
                yield return (start, end);
                start = end;
                continue;
            }

            var part = start + 1;
            while (part < end && Measure(start, part + 1) <= width)
            {
                part++;
            }

            // A sign of two units stays whole.
            part += part < end && char.IsLowSurrogate(text[part]) ? 1 : 0;
            yield return (start, part);
            start = part;
        }
    }

    private float Measure(int start, int end) => shaper.Measure(text, start, end, style, levels);
}
