using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>Whose export a file is.</summary>
public enum ContactSource
{
    /// <summary>Its columns are guessed.</summary>
    Unknown,
    HubSpot,
    Pipedrive,
    Google,
    Outlook,
}

/// <param name="Columns">What each column is taken for.</param>
public sealed record ContactGuess(ContactSource Source, IReadOnlyList<ContactField> Columns);

/// <summary>
/// Recognises exports by their heads, as the products wrote them in November 2026 (English interface), and guesses the columns of other tables by their heads in the portal's languages,
/// or, without a head, by what stands in them.
/// </summary>
public static class ContactColumns
{
    private static readonly HashSet<string> NameParts = ["first name", "middle name", "last name", "given name", "additional name", "family name"];

    private static readonly HashSet<string> OutlookPhones =
        ["business phone", "business phone 2", "home phone", "home phone 2", "mobile phone", "primary phone", "other phone", "company main phone", "car phone"];

    /// <summary>What no other table with an "E-mail Address" has.</summary>
    private static readonly HashSet<string> OnlyOutlook = ["e mail 2 address", "e mail type", "e mail display name", "given yomi", "business street", "business phone 2"];

    public static ContactGuess Of(ContactFile file)
    {
        var keys = file.Columns.Select(ContactHeads.Key).ToList();
        var source = SourceOf(keys);
        var columns = source switch
        {
            ContactSource.HubSpot => keys.Select(HubSpot),
            ContactSource.Pipedrive => Guess([.. keys.Select(OfPerson)]),
            ContactSource.Google => keys.Select(Google),
            ContactSource.Outlook => keys.Select(Outlook),
            ContactSource.Unknown => Guess(keys),
        };
        List<ContactField> all = [.. columns];
        return new ContactGuess(source, all.Contains(ContactField.Email) ? all : ByContent(file, all));
    }

    private static ContactSource SourceOf(List<string> keys) =>
        keys.Exists(IsGoogleEmail) ? ContactSource.Google
        : keys.Exists(k => k.StartsWith("person name", StringComparison.Ordinal) || k.StartsWith("person email", StringComparison.Ordinal)) ? ContactSource.Pipedrive
        : keys.Contains("e mail address") && keys.Exists(OnlyOutlook.Contains) ? ContactSource.Outlook
        : keys.Contains("email") && keys.Exists(k => k is "record id" or "record id contact") ? ContactSource.HubSpot
        : ContactSource.Unknown;

    private static ContactField Google(string key) =>
        IsGoogleEmail(key) ? ContactField.Email
        : IsNumbered(key, "phone ", " value") ? ContactField.Phone
        : key == "name" ? ContactField.FullName
        : NameParts.Contains(key) ? ContactField.NamePart
        : ContactField.Unused;

    private static ContactField Outlook(string key) =>
        key == "e mail address" || IsNumbered(key, "e mail ", " address") ? ContactField.Email
        : OutlookPhones.Contains(key) ? ContactField.Phone
        : NameParts.Contains(key) ? ContactField.NamePart
        : ContactField.Unused;

    private static ContactField HubSpot(string key) => key switch
    {
        "email" or "work email" or "additional email addresses" => ContactField.Email,
        "phone number" or "mobile phone number" => ContactField.Phone,
        "first name" or "last name" => ContactField.NamePart,
        _ => ContactField.Unused,
    };

    /// <summary>"Person - Email - Work" is what is guessed of "email work"; what is of the organisation or the deal is not looked at.</summary>
    private static string OfPerson(string key) => key.StartsWith("person ", StringComparison.Ordinal) ? key["person ".Length..] : "";

    private static IEnumerable<ContactField> Guess(List<string> keys)
    {
        var bare = keys.ConvertAll(ContactHeads.BareKey);
        var hasFirst = bare.Exists(ContactHeads.FirstName.Contains);
        var hasOther = bare.Exists(ContactHeads.OtherPart.Contains);
        return bare.Select(k =>
            ContactHeads.Email.Contains(k) ? ContactField.Email
            : ContactHeads.Phone.Contains(k) ? ContactField.Phone
            : ContactHeads.FullName.Contains(k) ? ContactField.FullName
            : ContactHeads.Name.Contains(k) ? hasOther && !hasFirst ? ContactField.NamePart : ContactField.FullName
            : ContactHeads.FirstName.Contains(k) || ContactHeads.OtherPart.Contains(k) ? ContactField.NamePart
            : ContactField.Unused);
    }

    private static List<ContactField> ByContent(ContactFile file, List<ContactField> columns)
    {
        var values = columns.Select((_, i) => file.First.Select(r => r.Fields![i]).Where(v => v.Length > 0).ToList()).ToList();
        var guessed = new List<ContactField>(columns);
        for (var i = 0; i < guessed.Count; i++)
        {
            if (guessed[i] is ContactField.Unused && values[i].Count > 0)
            {
                guessed[i] = Most(values[i], v => EmailAddress.TryParse(v, out _, out _)) ? ContactField.Email
                    : file.Columns[i].Length == 0 && Most(values[i], v => v.Count(char.IsAsciiDigit) >= 7 && !v.Any(char.IsLetter)) ? ContactField.Phone
                    : ContactField.Unused;
            }
        }

        var name = guessed.FindIndex(c => c is ContactField.FullName or ContactField.NamePart);
        var words = Enumerable.Range(0, guessed.Count).Where(i => file.Columns[i].Length == 0 && guessed[i] is ContactField.Unused && Most(values[i], v => v.Any(char.IsLetter))).ToList();
        if (name < 0 && words.Count > 0)
        {
            guessed[words[0]] = ContactField.FullName;
        }

        return guessed;
    }

    private static bool Most(List<string> values, Func<string, bool> fits) => values.Count > 0 && values.Count(fits) * 2 > values.Count;

    private static bool IsGoogleEmail(string key) => IsNumbered(key, "e mail ", " value");

    private static bool IsNumbered(string key, string before, string after) =>
        key.Length > before.Length + after.Length && key.StartsWith(before, StringComparison.Ordinal) && key.EndsWith(after, StringComparison.Ordinal)
        && key[before.Length..^after.Length].All(char.IsAsciiDigit);
}
