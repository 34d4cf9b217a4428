using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>A line that can be asked, as far as the file alone tells.</summary>
/// <param name="At">Its place among the findings.</param>
internal sealed record ContactCandidate(int At, Contact Contact, Invitee Who);

/// <summary>What the file alone tells: the findings of all lines, and which of them are to be held against the list.</summary>
internal sealed class ContactJudge
{
    private ContactJudge(List<ContactFinding> findings, List<ContactCandidate> candidates) => (Findings, Candidates) = (findings, candidates);

    /// <summary>One for each contact; the candidates' are not reached yet.</summary>
    public List<ContactFinding> Findings { get; }

    public IReadOnlyList<ContactCandidate> Candidates { get; }

    public static ContactJudge Read(ContactImport import, ProgramSettings program)
    {
        var (findings, candidates) = (new List<ContactFinding>(import.File.Count), new List<ContactCandidate>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in import.File.Rows())
        {
            if (row.Fields is null)
            {
                findings.Add(new ContactFinding(row.Line, ContactVerdict.Wrong, "", "", null, new ContactLineBroken()));
                continue;
            }

            var contact = ContactReader.Read(row.Line, row.Fields, import.Columns);
            var (finding, who) = Judge(contact, import, program, seen);
            if (who is not null)
            {
                candidates.Add(new ContactCandidate(findings.Count, contact, who));
            }

            findings.Add(finding);
        }

        return new ContactJudge(findings, candidates);
    }

    /// <summary>What the partner's list says of an address.</summary>
    public static ContactVerdict VerdictOf(KnownLine? line) => line?.Status switch
    {
        null => ContactVerdict.New,
        ClientStatus.Invited or ClientStatus.Lapsed => ContactVerdict.Asked,
        ClientStatus.Active or ClientStatus.NeverSignedIn => ContactVerdict.Client,
        ClientStatus.Declined or ClientStatus.Left => ContactVerdict.Declined,
        _ => throw new InvalidOperationException($"The import does not know {line.Status}."),
    };

    private static (ContactFinding Finding, Invitee? Who) Judge(Contact contact, ContactImport import, ProgramSettings program, HashSet<string> seen)
    {
        var finding = new ContactFinding(contact.Line, ContactVerdict.NotReached, contact.Name, contact.Email);
        if (contact.Email.Length == 0)
        {
            return (finding with { Verdict = ContactVerdict.NoAddress }, null);
        }

        var creates = import.Kind is InvitationKind.Created;
        var entry = ClientEntry.Read(new NewClient(contact.Name, contact.Email, creates ? contact.Phone : null, program.DefaultCountry, import.Language, null), []);
        if (entry.Errors.FirstOrDefault(e => creates || e is not ClientNameMissing) is { } problem)
        {
            return (finding with { Verdict = ContactVerdict.Wrong, Column = ColumnOf(problem, contact, import), Problem = problem }, null);
        }

        if (!seen.Add(entry.Email!.Normalized))
        {
            return (finding with { Verdict = ContactVerdict.Twice }, null);
        }

        return (finding, new Invitee(entry.Email, entry.Name.Length == 0 ? null : entry.Name, entry.Phone, entry.Language, entry.Note));
    }

    private static int? ColumnOf(Error problem, Contact contact, ContactImport import)
    {
        var column = problem.Field switch
        {
            nameof(NewClient.Email) => contact.EmailColumn,
            nameof(NewClient.Phone) => contact.PhoneColumn,
            _ => import.Columns.ToList().FindIndex(c => c is ContactField.FullName or ContactField.NamePart),
        };
        return column < 0 ? null : column;
    }
}
