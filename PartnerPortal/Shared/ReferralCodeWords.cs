namespace PartnerPortal.Shared;

/// <summary>
/// Words that a referral code must not spell, in the languages of the program's users and their neighbours. Only words that the alphabet can
/// spell stand here, digits read as the letters they are taken for (3 as E, 4 as A, 7 as T, 9 as G), and Y also for the I and the U that the
/// alphabet lacks. Together they cost less than one code in thirty.
/// </summary>
internal static class ReferralCodeWords
{
    /// <summary>Read in whole or as part of a code.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        // English
        "CRACK", "CRAP", "CYNT", "DAMN", "DEAD", "DEATH", "DYCK", "DYKE", "FAG", "FAP", "FART", "FCK", "FKN", "FYCK", "FYK", "GAY", "HATE", "JAP",
        "JERK", "KKK", "KYKE", "METH", "NAKED", "NYGG", "NYGA", "PAKY", "PHAG", "PHYCK", "PRAT", "PRYCK", "RAPE", "RAPY", "TARD", "TEAT", "TWAT",
        "TYTT", "WANK", "WTF", "XXX",
        // German
        "AFFE", "FYKK", "HEXE", "HYRE", "KACK", "KAFFER", "KAKK", "KANAK", "NACKT", "NEGE", "PENNER", "TYNTE",
        // Spanish, Portuguese, Italian, French
        "CACA", "CACETE", "CAGA", "CAGNA", "CATYN", "ENCYRE", "FDP", "HDP", "KAGA", "KAKA", "MAMADA", "MARYC", "MERD", "MYERDA", "NEGR", "PAJA",
        "PEDE", "PENDEJ", "PENE", "PERRA", "PYTA", "PYTE", "RAMERA", "TETA", "TETT",
        // Dutch and the Scandinavian languages
        "FAEN", "FANDEN", "FYTTA", "FYTTE", "KANKER", "KNARK", "KYTT",
        // Polish, Russian and Ukrainian in Latin letters
        "CHYJ", "CYKA", "DYPA", "HYJ", "KYRW", "MYDAK", "PEDAK", "PYDAR", "XEP", "XER", "XYE", "XYJ", "XYN",
        // Turkish, Arabic and Hindi in Latin letters
        "AMCYK", "AMK", "CHYT", "GAND", "HARAMY", "KAFER", "KAFYR", "KHARA", "KHRA", "MADARCH", "RANDY", "YARAK", "YARRAK",
    ];

    public static bool IsOffensive(string code)
    {
        var reading = code.Replace('3', 'E').Replace('4', 'A').Replace('7', 'T').Replace('9', 'G');
        return Words.Any(word => reading.Contains(word, StringComparison.Ordinal));
    }
}
