using PartnerPortal.Documents.Text;

namespace PartnerPortal.Documents.Layout;

/// <summary>The pages so far and where the next thing goes. Places are told from the side where reading starts, so that nobody else need know the direction.</summary>
internal sealed class PageFlow(TextShaper shaper, bool rightToLeft)
{
    private readonly List<List<Mark>> _pages = [];

    public IReadOnlyList<IReadOnlyList<Mark>> Pages => _pages;

    public bool RightToLeft => rightToLeft;

    /// <summary>Points from the top of the page.</summary>
    public float Y { get; set; } = float.MaxValue;

    /// <summary>What is drawn at the start of each further page: the head of a table that goes on.</summary>
    public Action? OnNewPage { get; set; }

    public IReadOnlyList<ShapedLine> Lines(string text, TextStyle style, float width) => shaper.Lines(text, style, width, rightToLeft);

    /// <summary>In the direction of the text itself, as figures are in every language.</summary>
    public IReadOnlyList<ShapedLine> OwnLines(string text, TextStyle style, float width) => shaper.Lines(text, style, width, BidiLevels.IsRightToLeft(text));

    /// <summary>Begins a page when there is less than this left on the last one.</summary>
    public void Need(float height)
    {
        if (Y + height > Sheet.Height - Sheet.Bottom)
        {
            _pages.Add([]);
            Y = Sheet.Top;
            OnNewPage?.Invoke();
        }
    }

    /// <summary>Draws a line of text with its top at <paramref name="y"/>.</summary>
    /// <param name="line">No wider than <paramref name="width"/>.</param>
    /// <param name="style">Its own.</param>
    /// <param name="start">Points from the side where reading starts, within the margins.</param>
    /// <param name="width">What it may fill.</param>
    /// <param name="y">Points from the top of the page.</param>
    /// <param name="atEnd">Against the end of the width.</param>
    public void Text(ShapedLine line, TextStyle style, float start, float width, float y, bool atEnd = false) =>
        TextOn(_pages.Count - 1, line, style, start, width, y, atEnd);

    /// <inheritdoc cref="Text"/>
    public void TextOn(int page, ShapedLine line, TextStyle style, float start, float width, float y, bool atEnd = false)
    {
        var fromStart = start + (atEnd ? width - line.Width : 0);
        var x = Sheet.Side + (rightToLeft ? Sheet.Inner - fromStart - line.Width : fromStart);
        _pages[page].Add(new TextMark(line, style.Quiet, x, y + style.Baseline));
    }

    public void Rule(float y, bool strong = false) => _pages[^1].Add(new RuleMark(Sheet.Side, Sheet.Inner, y, strong));

    public void RuleOn(int page, float y) => _pages[page].Add(new RuleMark(Sheet.Side, Sheet.Inner, y, Strong: false));
}
