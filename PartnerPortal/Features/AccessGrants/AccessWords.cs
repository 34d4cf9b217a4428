using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

public static class AccessWords
{
    /// <summary>"View the profile · Order for the client".</summary>
    public static string Scopes(this IStringLocalizer<AccessText> text, AccessScopes scopes) => string.Join(" · ", AccessScopeList.Of(scopes).Select(s => text["Scope." + s].Value));

    public static string Describe(this IStringLocalizer<AccessText> text, Error error) => error switch
    {
        AccessScopesWrong => text["Error.Scopes"],
        AccessDaysWrong wrong => text["Error.Days", wrong.Most],
        AccessReasonMissing => text["Error.Reason"],
        AccessWordsTooLong wrong => text["Error.TooLong", wrong.Limit],
        AccessAskedAlready => text["Error.AskedAlready"],
        AccessAskedTooOften wrong => text.Counted("Error.TooOften", wrong.Limit),
        AccessNotAgreed => text["Error.NotAgreed"],
        AccessAnswered => text["Error.Answered"],
        AccessOwnRequest => text["Error.OwnRequest"],
        OwnAccountInvolved => text["Error.OwnAccount"],
        _ => text["Error.NotAllowed"],
    };
}
