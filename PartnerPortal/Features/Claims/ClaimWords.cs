using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>Says in words what is wrong with what was sent.</summary>
public static class ClaimWords
{
    public static string Describe(this IStringLocalizer<ClaimsText> text, Error error, ReaderTime time) => error switch
    {
        ClaimClientMissing => text["Error.ClientMissing"],
        ClaimClientWrong => text["Error.ClientWrong"],
        ClaimDomainOfEverybody => text["Error.DomainOfEverybody"],
        ClaimOpenAlready open => text["Error.OpenAlready", ClaimNumber.Write(open.ClaimId)],
        ClaimWordsMissing => text["Error.Words"],
        ClaimWordsTooLong wrong => text["Error.TooLong", wrong.Limit],
        ClaimFilesTooMany wrong => text["Error.Files", wrong.Limit],
        ClaimFileWrong wrong => text["Error.File." + wrong.Problem, wrong.Name, EvidenceFile.MaxBytes / 1024 / 1024],
        ClaimsTooMany wrong => text["Error.TooMany", wrong.Limit],
        ClaimOver => text["Error.Over"],
        ClaimWaits waits => text["Error.Waits", time.Full(waits.Until)],
        ClaimNamesNobody => text["Error.NamesNobody"],
        ClaimOtherChanged => text["Error.OtherChanged"],
        ClaimClientUnknown => text["Error.ClientUnknown"],
        ClaimTwin twin => text["Error.Twin", ClaimNumber.Write(twin.ClaimId)],
        ReasonMissing => text["Error.Reason"],
        ReasonTooLong wrong => text["Error.TooLong", wrong.Limit],
        TargetTakesNoClients target => text["Error.TakesNoClients", target.PartnerName],
        TargetIsNoPartner => text["Error.NoPartner"],
        NothingToMove => text["Error.NothingToMove"],
        OwnAccountInvolved => text["Error.OwnAccount"],
        _ => text["Error.NotAllowed"],
    };

    /// <summary>"1.2 MB", "34 KB".</summary>
    public static string Size(this IStringLocalizer<ClaimsText> text, int bytes) => bytes >= 1024 * 1024
        ? text["Size.Mb", (bytes / 1048576m).ToString("0.#", System.Globalization.CultureInfo.CurrentCulture)]
        : text["Size.Kb", Math.Max(1, bytes / 1024).ToString("N0", System.Globalization.CultureInfo.CurrentCulture)];
}
