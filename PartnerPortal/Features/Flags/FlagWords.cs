using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <summary>Says flags in words.</summary>
public static class FlagWords
{
    public static string Describe(this IStringLocalizer<FlagsText> text, Error error) => error switch
    {
        FlagReasonMissing => text["Error.Reason"],
        FlagReasonTooLong wrong => text["Error.TooLong", wrong.Limit],
        NoFlaggedClient => text["Error.NoClient"],
        FlagDecidedBefore => text["Error.Decided"],
        NoSuchFlag => text["One.None"],
        OwnAccountInvolved => text["Own"],
        _ => text["Error.NotAllowed"],
    };

    /// <summary>"Same e-mail, same phone"; empty where nothing is alike.</summary>
    public static string Matches(this IStringLocalizer<FlagsText> text, FlagMatches matches) =>
        string.Join(text["And"], Enum.GetValues<FlagMatches>().Where(m => m is not FlagMatches.None && matches.HasFlag(m)).Select(m => text["Match." + m].Value));
}
