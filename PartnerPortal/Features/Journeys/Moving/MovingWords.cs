using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Says in words what a file or a line of it does, or why it cannot.</summary>
internal static class MovingWords
{
    /// <summary>Why nothing of a file can be taken.</summary>
    public static string Describe(this IStringLocalizer<MovingText> text, Error error, IStringLocalizer<ContactsText> files) => error switch
    {
        MovingColumnsMissing missing => text["Error.Columns", missing.Columns],
        MovingSourceMissing => text["Error.Source", MovingFile.SourceLength],
        ContactsTooLarge large => text["Error.TooLarge", large.Megabytes],
        NotAllowed => text["Error.NotAllowed"],
        _ => files.Describe(error),
    };

    /// <summary>What a line does.</summary>
    public static string Describe(this IStringLocalizer<MovingText> text, MovingFinding finding, MovingKind kind, bool isDone)
    {
        var what = finding.Verdict is MovingVerdict.Refused ? "" : text.Name(finding.Verdict, kind, isDone);
        var why = finding.Problem is { } problem ? finding.Found is { Length: > 0 } found ? text["Problem." + problem + ".Found", found] : text["Problem." + problem] : "";
        return $"{what} {why}".Trim();
    }

    public static string Name(this IStringLocalizer<MovingText> text, MovingVerdict verdict, MovingKind kind, bool isDone) => verdict switch
    {
        MovingVerdict.New => isDone ? text["Made." + kind] : text["Would." + kind],
        MovingVerdict.Linked => isDone ? text["Linked.Done"] : text["Linked.Would"],
        MovingVerdict.Known => text["Known"],
        MovingVerdict.Refused => text["Refused"],
        MovingVerdict.NotReached => text["NotReached"],
    };

    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
