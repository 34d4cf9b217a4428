using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Which columns each kind has, by the names of the template and by those that exports of Rewardful, FirstPromoter and PartnerStack use.</summary>
public static class MovingColumns
{
    private static readonly Dictionary<MovingField, string[]> Names = new()
    {
        [MovingField.ExternalId] = ["external id", "id", "key", "uid", "customer id", "customer key", "cust id", "referral id", "lead id", "client id", "partner key", "affiliate id", "promoter id"],
        [MovingField.Name] = ["name", "full name", "customer name", "client name", "affiliate name", "promoter name", "partner name"],
        [MovingField.FirstName] = ["first name"],
        [MovingField.LastName] = ["last name"],
        [MovingField.Company] = ["company", "company name", "firm", "organization", "organisation"],
        [MovingField.Email] = ["email", "e mail", "email address", "customer email", "client email", "affiliate email", "promoter email", "partner email"],
        [MovingField.Language] = ["language", "locale"],
        [MovingField.Sponsor] = ["sponsor", "recommended by", "referred by", "parent", "parent promoter", "parent promoter id", "parent affiliate", "parent partner"],
        [MovingField.Partner] = ["partner", "partner id", "partner key", "affiliate", "affiliate id", "affiliate email", "promoter", "promoter id", "promoter email", "partner email", "ref id"],
        [MovingField.Since] = ["since", "became lead at", "signed up at", "sign up date", "created at", "created", "date", "customer since"],
        [MovingField.Amount] = ["amount", "balance", "opening balance", "unpaid", "unpaid commissions", "current balance", "due"],
        [MovingField.Currency] = ["currency", "currency code"],
        [MovingField.AsOf] = ["as of", "date", "balance date"],
    };

    private static readonly Dictionary<MovingKind, (MovingField Field, bool IsNeeded)[]> Kinds = new()
    {
        [MovingKind.Partners] =
        [
            (MovingField.ExternalId, true), (MovingField.Name, true), (MovingField.FirstName, false), (MovingField.LastName, false), (MovingField.Company, false), (MovingField.Email, true),
            (MovingField.Language, false), (MovingField.Sponsor, false),
        ],
        [MovingKind.Clients] =
        [
            (MovingField.ExternalId, true), (MovingField.Name, true), (MovingField.FirstName, false), (MovingField.LastName, false), (MovingField.Company, false), (MovingField.Email, true),
            (MovingField.Language, false), (MovingField.Partner, true), (MovingField.Since, true),
        ],
        [MovingKind.Balances] = [(MovingField.Partner, true), (MovingField.Amount, true), (MovingField.Currency, true), (MovingField.AsOf, true)],
    };

    /// <summary>The columns of a kind's template.</summary>
    public static IReadOnlyList<MovingField> Of(MovingKind kind) => [.. Kinds[kind].Select(f => f.Field).Where(f => f is not (MovingField.FirstName or MovingField.LastName))];

    /// <summary>"external_id": what the template calls a column.</summary>
    public static string NameOf(MovingField field) => Names[field][0].Replace(' ', '_');

    /// <summary>A line as an example, in the order of <see cref="Of"/>.</summary>
    public static IReadOnlyList<string> Example(MovingKind kind) => kind switch
    {
        MovingKind.Partners => ["P-17", "Ana Silva", "Brightwater Systems", "ana@brightwater.example", "en", "P-4"],
        MovingKind.Clients => ["C-1042", "Clara Client", "", "clara@client.example", "en", "P-17", "2025-03-01"],
        MovingKind.Balances => ["P-17", "123.45", "EUR", "2026-11-01"],
    };

    /// <returns>For each column of the file what it is; null for what is passed over.</returns>
    public static Result<IReadOnlyList<MovingField?>> Map(MovingKind kind, ContactFile file)
    {
        var heads = file.Columns.Select(ContactHeads.Key).ToList();
        var columns = new MovingField?[heads.Count];
        var found = new HashSet<MovingField>();
        // A name that stands earlier in a field's list is meant before one that stands later: a file of clients has ids of clients and of partners.
        foreach (var (field, _) in Kinds[kind])
        {
            var at = Names[field].Select(name => heads.FindIndex(h => h == name)).FirstOrDefault(i => i >= 0 && columns[i] is null, -1);
            if (at >= 0)
            {
                columns[at] = field;
                found.Add(field);
            }
        }

        var missing = Kinds[kind].Where(f => f.IsNeeded && !found.Contains(f.Field) && !(f.Field is MovingField.Name && found.Contains(MovingField.FirstName))).Select(f => NameOf(f.Field)).ToList();
        return missing.Count > 0 ? new MovingColumnsMissing(string.Join(", ", missing)) : columns;
    }

    /// <summary>The lines of a file in order.</summary>
    internal static IEnumerable<MovingLine> Lines(ContactFile file, IReadOnlyList<MovingField?> columns)
    {
        foreach (var row in file.Rows())
        {
            yield return new MovingLine(row.Line, row.Fields is not { } fields ? null
                : columns.Select((field, i) => (Field: field, Value: fields[i])).Where(c => c.Field is not null).ToDictionary(c => c.Field!.Value, c => c.Value));
        }
    }
}
