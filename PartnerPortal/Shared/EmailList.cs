using System.Text;

namespace PartnerPortal.Shared;

/// <summary>A pasted list of e-mail addresses, from a mail program's address line or a spreadsheet's column.</summary>
public static class EmailList
{
    /// <summary>
    /// The addresses of a pasted text, in order, each once (by <see cref="EmailAddress.Normalized"/>). They are separated by commas,
    /// semicolons or white space; of "Name &lt;a@b.c&gt;" (RFC 5322, 3.4) only the address stays. What is not an address is given back
    /// too, so that the page can say what is wrong with it.
    /// </summary>
    public static IReadOnlyList<string> Split(string? text)
    {
        var found = new List<string>();
        var words = new List<string>();
        var word = new StringBuilder();
        var inQuotes = false;
        foreach (var sign in text ?? "")
        {
            if (sign is '\r' or '\n' || (!inQuotes && sign is ',' or ';'))
            {
                inQuotes = false;
                EndWord();
                found.AddRange(words);
                words.Clear();
            }
            else if (sign == '"')
            {
                inQuotes = !inQuotes;
                EndWord();
            }
            else if (!inQuotes && sign == '<')
            {
                // What stood before is the name of the one who has this address.
                EndWord();
                words.RemoveAll(name => !name.Contains('@', StringComparison.Ordinal));
            }
            else if ((!inQuotes && sign == '>') || char.IsWhiteSpace(sign))
            {
                EndWord();
            }
            else
            {
                word.Append(sign);
            }
        }

        EndWord();
        found.AddRange(words);
        return [.. found.DistinctBy(Key)];

        void EndWord()
        {
            var bare = word.ToString().Trim('\'', '(', ')', '[', ']', ':');
            bare = bare.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? bare["mailto:".Length..] : bare;
            word.Clear();
            if (bare.Length > 0)
            {
                words.Add(bare);
            }
        }
    }

    private static string Key(string entry) =>
        EmailAddress.TryParse(entry, out var address, out _) ? address.Normalized : entry.ToLowerInvariant();
}
