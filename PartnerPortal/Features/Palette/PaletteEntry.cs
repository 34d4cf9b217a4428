using PartnerPortal.Shared;

namespace PartnerPortal.Features.Palette;

/// <summary>A line of the palette.</summary>
/// <param name="Icon">A symbol of icons.svg.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Href">Where it leads; null when it presses something.</param>
public sealed record PaletteEntry(string Icon, string Text, string? Href)
{
    /// <summary>What tells it from others; null when nothing has to.</summary>
    public string? Detail { get; init; }

    /// <summary>CSS selector of what is pressed; null when there is an address.</summary>
    public string? Presses { get; init; }

    /// <summary>The single key of a button that pages may have for it.</summary>
    public string? Shortcut { get; init; }

    /// <summary>Other words by which it is found.</summary>
    public string Also { get; init; } = "";

    public bool IsPage { get; init; }

    /// <summary>A record, which is there only once the search is over.</summary>
    public bool IsFound { get; init; }

    /// <summary>Its address says nothing of anybody: the browser may keep it among those chosen lately.</summary>
    public bool IsRemembered { get; init; }

    private string Folded => field ??= SearchText.Fold(Text);

    private string FoldedAlso => field ??= SearchText.Fold(Also);

    /// <summary>The smaller the better; null when a word is missing.</summary>
    public int? RankOf(SearchQuery query)
    {
        if (!query.Words.All(w => Folded.Contains(w, StringComparison.Ordinal) || FoldedAlso.Contains(w, StringComparison.Ordinal)))
        {
            return null;
        }

        return Folded.StartsWith(query.Words[0], StringComparison.Ordinal) ? 0
            : Folded.Contains(" " + query.Words[0], StringComparison.Ordinal) ? 1
            : Folded.Contains(query.Words[0], StringComparison.Ordinal) ? 2
            : 3;
    }
}

/// <param name="Name">In Latin letters; part of its element's id.</param>
/// <param name="Title">Above its entries.</param>
/// <param name="Entries">In order.</param>
public sealed record PaletteGroup(string Name, string Title, IReadOnlyList<PaletteEntry> Entries);
