using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>Says in words what a file or a line of it is, and what became of it.</summary>
internal static class ContactWords
{
    /// <summary>Why nothing of a file can be taken.</summary>
    public static string Describe(this IStringLocalizer<ContactsText> text, Error error) => error switch
    {
        ContactsUnreadable => text["Error.Unreadable"],
        ContactsAreWorkbook => text["Error.Workbook"],
        ContactsTooLarge large => text["Error.TooLarge", large.Megabytes],
        ContactsMissing missing => missing.HasHead ? text["Error.HeadOnly"] : text["Error.Empty"],
        ContactsTooMany many => text["Error.TooMany", Number(many.Count), Number(many.Limit)],
        ContactEmailUnmapped => text["Error.EmailUnmapped"],
        ContactNameUnmapped => text["Error.NameUnmapped"],
        TagTooLong tag => text["Error.TagTooLong", Number(tag.Limit)],
        PartnerIsSuspended => text["Suspended.Text"],
        NotAllowed => text["Error.NotAllowed"],
        _ => throw new InvalidOperationException($"The page does not know {error}."),
    };

    /// <summary>What a line does.</summary>
    public static string Describe(this IStringLocalizer<ContactsText> text, ContactFinding finding, InvitationKind kind, bool isDone, IStringLocalizer<SharedText> words) => finding.Problem switch
    {
        null => text.Name(finding.Verdict, kind, isDone),
        ContactLineBroken => text["Wrong.Broken"],
        ClientNameMissing => text["Wrong.NameMissing"],
        ClientNameTooLong => text["Wrong.NameTooLong"],
        ClientEmailWrong email => words.Describe(email.Problem),
        ClientPhoneWrong phone => words.Describe(phone.Problem),
        _ => throw new InvalidOperationException($"The page does not know {finding.Problem}."),
    };

    public static string Name(this IStringLocalizer<ContactsText> text, ContactVerdict verdict, InvitationKind kind, bool isDone) => verdict switch
    {
        ContactVerdict.New => (kind, isDone) switch
        {
            (InvitationKind.Mailed, false) => text["Would.Mailed"],
            (InvitationKind.Created, false) => text["Would.Created"],
            (InvitationKind.Mailed, true) => text["Did.Mailed"],
            (InvitationKind.Created, true) => text["Did.Created"],
        },
        ContactVerdict.Asked => text["Verdict.Asked"],
        ContactVerdict.Client => text["Verdict.Client"],
        ContactVerdict.Declined => text["Verdict.Declined"],
        ContactVerdict.Twice => text["Verdict.Twice"],
        ContactVerdict.NoAddress => text["Verdict.NoAddress"],
        ContactVerdict.Wrong => text["Verdict.Wrong"],
        ContactVerdict.NotReached => text["Verdict.NotReached"],
    };

    /// <summary>What the head calls a column, or which it is.</summary>
    public static string NameOf(this IStringLocalizer<ContactsText> text, ContactFile file, int column) =>
        file.Columns[column] is { Length: > 0 } name ? name : text["Columns.Number", Number(column + 1)];

    public static string Number(long count) => count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture);
}
