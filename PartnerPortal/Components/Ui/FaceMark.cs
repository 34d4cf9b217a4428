using System.Globalization;

namespace PartnerPortal.Components.Ui;

/// <summary>What stands for a face: initials.</summary>
public static class FaceMark
{
    /// <param name="name">A name or an address; null or empty for somebody without.</param>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split([' ', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length switch
        {
            0 => "?",
            1 => First(words[0]),
            _ => First(words[0]) + First(name!.Contains('@', StringComparison.Ordinal) ? words[1] : words[^1]),
        };
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.CurrentCulture);
}
