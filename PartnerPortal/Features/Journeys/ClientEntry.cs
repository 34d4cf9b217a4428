using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client as a partner typed it, looked at: tidied, or with what is wrong with it.</summary>
/// <param name="Name">Without spaces around it; may be empty when <paramref name="Errors"/> says so, or where none is needed.</param>
/// <param name="Email">Null when it is none.</param>
/// <param name="Phone">E.164; null when none was typed.</param>
/// <param name="Language">A supported one.</param>
/// <param name="Errors">By field, at most one for each.</param>
internal sealed record ClientEntry(string Name, EmailAddress? Email, string? Phone, string Language, string Note, IReadOnlyList<Error> Errors)
{
    private const int NameLength = 200;
    private const int NoteLength = 4000;

    /// <param name="client">As typed.</param>
    /// <param name="seen">Normalised addresses of the same batch; its own is added when it is right.</param>
    public static ClientEntry Read(NewClient client, HashSet<string> seen)
    {
        var errors = new List<Error>();
        var name = ReadName(client.FullName, errors);
        if (!EmailAddress.TryParse(client.Email, out var email, out var emailProblem))
        {
            errors.Add(new ClientEmailWrong(emailProblem, client.Email?.Trim() ?? ""));
        }
        else if (!seen.Add(email.Normalized))
        {
            errors.Add(new TwiceInBatch());
        }

        var phone = ReadPhone(client, errors);
        var note = client.Note?.Trim() ?? "";
        if (note.Length > NoteLength)
        {
            errors.Add(new ClientNoteTooLong());
        }

        return new ClientEntry(name, email, phone, Languages.Nearest(client.Language), note, errors);
    }

    private static string ReadName(string? typed, List<Error> errors)
    {
        var name = typed?.Trim() ?? "";
        if (name.Length is 0 or > NameLength)
        {
            errors.Add(name.Length == 0 ? new ClientNameMissing() : new ClientNameTooLong());
        }

        return name;
    }

    private static string? ReadPhone(NewClient client, List<Error> errors)
    {
        if (string.IsNullOrWhiteSpace(client.Phone))
        {
            return null;
        }

        if (PhoneNumber.TryParse(client.Phone, client.Country, out var number, out var problem))
        {
            return number.E164;
        }

        errors.Add(new ClientPhoneWrong(problem));
        return null;
    }
}
