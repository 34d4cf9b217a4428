using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>What a column of the file is.</summary>
public enum ContactField
{
    /// <summary>It is passed over.</summary>
    Unused,

    /// <summary>A whole name.</summary>
    FullName,

    /// <summary>A part of it, such as the first name: the parts are joined in the order in which the file has them.</summary>
    NamePart,

    Email,

    /// <summary>Used where accounts are created.</summary>
    Phone,
}

/// <summary>What is to be done with a file.</summary>
/// <param name="Columns">What each column is.</param>
/// <param name="Kind">Invite by mail, or create accounts.</param>
/// <param name="Language">Of the mails, IETF tag.</param>
/// <param name="Tag">For every line that is made, as typed; null or empty for none.</param>
public sealed record ContactImport(ContactFile File, IReadOnlyList<ContactField> Columns, InvitationKind Kind, string Language, string? Tag)
{
    /// <returns>Null when it can be done.</returns>
    internal Error? Check() =>
        !Columns.Contains(ContactField.Email) ? new ContactEmailUnmapped()
        : Kind is InvitationKind.Created && !Columns.Any(c => c is ContactField.FullName or ContactField.NamePart) ? new ContactNameUnmapped()
        : Clients.TagName.Tidy(Tag) is { Length: > 0 } tag ? Clients.TagName.Check(tag)
        : null;
}
