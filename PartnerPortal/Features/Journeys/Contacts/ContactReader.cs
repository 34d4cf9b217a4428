using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>A contact as the columns say.</summary>
/// <param name="Name">Empty when there is none.</param>
/// <param name="Email">Empty when there is none.</param>
/// <param name="EmailColumn">From which column, counted from 0.</param>
/// <param name="Phone">Empty when there is none.</param>
/// <param name="PhoneColumn">Likewise.</param>
public sealed record Contact(int Line, string Name, string Email, int EmailColumn, string Phone, int PhoneColumn);

/// <summary>Takes a contact out of the fields of a line.</summary>
public static class ContactReader
{
    /// <summary>Google's way, and others', to put several values into one field.</summary>
    private static readonly string[] Between = [":::", ";", ",", "|", "\n", "\r"];

    /// <param name="line">Of the file.</param>
    /// <param name="fields">What stands in it.</param>
    /// <param name="columns">What each of them is.</param>
    public static Contact Read(int line, IReadOnlyList<string> fields, IReadOnlyList<ContactField> columns)
    {
        var emailAt = FirstFilled(fields, columns, ContactField.Email);
        var phoneAt = FirstFilled(fields, columns, ContactField.Phone);
        var nameAt = FirstFilled(fields, columns, ContactField.FullName);
        var name = nameAt >= 0 ? fields[nameAt] : string.Join(' ', fields.Where((f, i) => f.Length > 0 && columns[i] is ContactField.NamePart));
        return new Contact(
            line, Tidy(name), emailAt < 0 ? "" : Address(fields[emailAt]), emailAt, phoneAt < 0 ? "" : FirstOf(fields[phoneAt]), phoneAt);
    }

    private static int FirstFilled(IReadOnlyList<string> fields, IReadOnlyList<ContactField> columns, ContactField field)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (columns[i] == field && fields[i].Length > 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first of several; of "Name &lt;a@b.c&gt;" only the address.</summary>
    private static string Address(string field)
    {
        if (EmailAddress.TryParse(field, out _, out _))
        {
            return field;
        }

        var first = FirstOf(field);
        return first.Contains('<', StringComparison.Ordinal) && EmailList.Split(first) is [.., var address] ? address : first;
    }

    private static string FirstOf(string field) =>
        field.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? first : field;

    private static string Tidy(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
