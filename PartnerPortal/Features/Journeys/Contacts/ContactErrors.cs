using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>It is no table of text: a picture, a document, a program.</summary>
public sealed record ContactsUnreadable : Error;

/// <summary>It is a workbook of Excel, not the table that Excel saves as CSV.</summary>
public sealed record ContactsAreWorkbook : Error;

/// <summary>It is larger than a file may be.</summary>
/// <param name="Megabytes">The limit.</param>
public sealed record ContactsTooLarge(int Megabytes) : Error;

/// <summary>There is nothing in it.</summary>
/// <param name="HasHead">Besides a head.</param>
public sealed record ContactsMissing(bool HasHead) : Error;

/// <summary>More than <see cref="ContactFile.Most"/>. Nothing of it is taken.</summary>
public sealed record ContactsTooMany(int Limit, int Count) : Error;

/// <summary>No column is the e-mail address.</summary>
public sealed record ContactEmailUnmapped : Error;

/// <summary>Accounts are to be created, and no column has names.</summary>
public sealed record ContactNameUnmapped : Error;
