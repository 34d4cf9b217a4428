namespace PartnerPortal.Shared;

/// <summary>The forms that a counted noun can take; every language has Other and some of the rest.</summary>
public enum PluralForm
{
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// <summary>
/// Which form a language uses for a whole number: the cardinal rules of CLDR's supplemental data (plurals.xml, release 47), as far as whole numbers written out
/// in digits go. "Many" of Spanish and Portuguese stands only before "millones"/"milhões" and is therefore no form of ours.
/// </summary>
public static class Plurals
{
    private static readonly PluralForm[] Two = [PluralForm.One, PluralForm.Other];

    private static readonly PluralForm[] Six = [PluralForm.Zero, PluralForm.One, PluralForm.Two, PluralForm.Few, PluralForm.Many, PluralForm.Other];

    /// <summary>The forms that texts with a count need in a language, in CLDR's order.</summary>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    public static IReadOnlyList<PluralForm> FormsOf(string language) => language is "ar" ? Six : Two;

    /// <summary>The form for a number.</summary>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    /// <param name="count">Not negative.</param>
    public static PluralForm Of(string language, long count) => language switch
    {
        "ar" => (count, count % 100) switch
        {
            (0, _) => PluralForm.Zero,
            (1, _) => PluralForm.One,
            (2, _) => PluralForm.Two,
            (_, >= 3 and <= 10) => PluralForm.Few,
            (_, >= 11) => PluralForm.Many,
            _ => PluralForm.Other,
        },
        "pt-BR" => count is 0 or 1 ? PluralForm.One : PluralForm.Other,
        _ => count == 1 ? PluralForm.One : PluralForm.Other,
    };
}
