using System.Globalization;

namespace PartnerPortal.Documents.Text;

/// <summary>How a character takes part in the order of a line, by the names of UAX #9, table 4.</summary>
internal enum BidiClass
{
    L,
    R,
    AL,
    EN,
    ES,
    ET,
    AN,
    CS,
    NSM,
    BN,
    WS,
    ON,
}

/// <summary>The classes of the characters that our fonts hold, from their ranges and categories.</summary>
internal static class BidiClasses
{
    public const char LeftToRightIsolate = '\u2066';
    public const char RightToLeftIsolate = '\u2067';
    public const char FirstStrongIsolate = '\u2068';
    public const char PopIsolate = '\u2069';

    public static bool OpensIsolate(char c) => c is LeftToRightIsolate or RightToLeftIsolate or FirstStrongIsolate;

    public static BidiClass Of(char c) => c switch
    {
        '\u200E' => BidiClass.L,
        '\u200F' => BidiClass.R,
        '\u061C' => BidiClass.AL,
        (>= '0' and <= '9') or (>= '\u06F0' and <= '\u06F9') or '\u00B2' or '\u00B3' or '\u00B9' or (>= '\u2070' and <= '\u2089') => BidiClass.EN,
        (>= '\u0660' and <= '\u0669') or '\u066B' or '\u066C' or (>= '\u0600' and <= '\u0605') or '\u06DD' => BidiClass.AN,
        '+' or '-' or '\u2212' => BidiClass.ES,
        ',' or '.' or '/' or ':' or '\u00A0' or '\u202F' or '\u060C' => BidiClass.CS,
        '#' or '$' or '%' or '\u00B0' or '\u00B1' or '\u066A' or '\u2030' or '\u2032' or '\u2033' => BidiClass.ET,
        _ => ByCategory(c),
    };

    /// <summary>L, R or AL decides a direction by itself.</summary>
    public static bool IsStrong(BidiClass c) => c is BidiClass.L or BidiClass.R or BidiClass.AL;

    private static BidiClass ByCategory(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.CurrencySymbol => BidiClass.ET,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.NSM,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => BidiClass.WS,
        UnicodeCategory.Control => c is '\t' or '\n' or '\r' ? BidiClass.WS : BidiClass.BN,
        UnicodeCategory.Format => BidiClass.BN,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.LetterNumber or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Surrogate => OfLetter(c),
        _ => IsArabic(c) && char.IsPunctuation(c) ? BidiClass.AL : BidiClass.ON,
    };

    private static BidiClass OfLetter(char c) =>
        IsArabic(c) ? BidiClass.AL : c is (>= '\u0590' and <= '\u05FF') or (>= '\u07C0' and <= '\u085F') or (>= '\uFB1D' and <= '\uFB4F') ? BidiClass.R : BidiClass.L;

    private static bool IsArabic(char c) => c is (>= '\u0600' and <= '\u07BF') or (>= '\u0860' and <= '\u08FF') or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');
}
