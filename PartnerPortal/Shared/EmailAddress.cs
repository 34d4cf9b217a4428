using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PartnerPortal.Shared;

/// <summary>What is wrong with an e-mail address.</summary>
public enum EmailProblemKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>There is no @.</summary>
    NoAt,

    /// <summary>There is more than one @.</summary>
    ManyAt,

    /// <summary>Nothing stands before the @.</summary>
    NoLocal,

    /// <summary>Nothing stands after the @.</summary>
    NoDomain,

    /// <summary>The domain has no ending such as ".com"; the detail is the domain as typed.</summary>
    NoEnding,

    /// <summary>A sign that cannot stand there; the detail is the sign.</summary>
    BadCharacter,

    /// <summary>Longer than mail systems take (RFC 5321, 4.5.3.1).</summary>
    TooLong,

    /// <summary>A dot at the start or the end of a part, or two in a row.</summary>
    DotMisplaced,
}

/// <summary>Why a text is not an e-mail address.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">What it is about (see the kinds); empty where there is nothing to add.</param>
public readonly record struct EmailProblem(EmailProblemKind Kind, string Detail = "");

/// <summary>
/// An e-mail address as people have them: RFC 5321 and 5322 without quoted local parts, comments and address literals; the domain may be
/// international (IDNA, RFC 5891). The local part is ASCII: what mail servers without SMTPUTF8 (RFC 6531) refuse is nearly always a slip here.
/// Control characters, line ends among them, are refused anywhere, so that an address cannot add headers to a message.
/// </summary>
public sealed record EmailAddress
{
    private const int MaxLocal = 64;
    private const int MaxTotal = 254;
    private const int MaxLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value, string normalized) => (Value, Normalized) = (value, normalized);

    /// <summary>As typed, without the spaces around it, in Unicode form NFC.</summary>
    public string Value { get; }

    /// <summary>Lower case with the domain in punycode: what is compared, stored as a key, and written to.</summary>
    public string Normalized { get; }

    /// <summary>The domain of <see cref="Normalized"/>.</summary>
    public string Domain => Normalized[(Normalized.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads an address; on failure <paramref name="problem"/> says the first thing that is wrong.</summary>
    public static bool TryParse(string? input, [NotNullWhen(true)] out EmailAddress? address, out EmailProblem problem)
    {
        address = null;
        var value = Trim(input ?? "");
        problem = CheckWhole(value);
        if (problem.Kind != EmailProblemKind.None)
        {
            return false;
        }

        // IDNA takes the ideographic full stops for dots too (RFC 3490, 3.1).
        value = value.Normalize(NormalizationForm.FormC).Replace('\u3002', '.').Replace('\uFF0E', '.').Replace('\uFF61', '.');
        var at = value.IndexOf('@', StringComparison.Ordinal);
        var (local, domain) = (value[..at], value[(at + 1)..]);
        problem = CheckLocal(local);
        if (problem.Kind == EmailProblemKind.None)
        {
            problem = ReadDomain(domain, out var ascii);
            if (problem.Kind == EmailProblemKind.None && local.Length + 1 + ascii.Length > MaxTotal)
            {
                problem = new EmailProblem(EmailProblemKind.TooLong);
            }

            address = problem.Kind == EmailProblemKind.None ? new EmailAddress(value, $"{local.ToLowerInvariant()}@{ascii}") : null;
        }

        return address is not null;
    }

    /// <summary>The address as typed.</summary>
    public override string ToString() => Value;

    /// <summary>Equal when mail to them reaches the same box.</summary>
    public bool Equals(EmailAddress? other) => other is not null && Normalized == other.Normalized;

    /// <inheritdoc/>
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    /// <summary>Drops spaces and the invisible signs (byte order mark, zero-width space, direction marks) that come along when text is pasted.</summary>
    private static string Trim(string text)
    {
        static bool Drops(char sign) => char.IsWhiteSpace(sign) || char.GetUnicodeCategory(sign) == UnicodeCategory.Format;
        var (start, end) = (0, text.Length);
        while (start < end && Drops(text[start]))
        {
            start++;
        }

        while (end > start && Drops(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static EmailProblem CheckWhole(string value)
    {
        if (value.Length == 0)
        {
            return new EmailProblem(EmailProblemKind.Empty);
        }

        if (value.Length > MaxTotal)
        {
            return new EmailProblem(EmailProblemKind.TooLong);
        }

        foreach (var sign in value)
        {
            // Halves of surrogate pairs and signs that are none come out of damaged texts, and normalisation does not take them.
            if (char.IsControl(sign) || char.IsWhiteSpace(sign)
                || char.GetUnicodeCategory(sign) is UnicodeCategory.Surrogate or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned)
            {
                return Bad(sign);
            }
        }

        var ats = value.Count(sign => sign == '@');
        return ats == 0 ? new EmailProblem(EmailProblemKind.NoAt)
            : ats > 1 ? new EmailProblem(EmailProblemKind.ManyAt)
            : value[0] == '@' ? new EmailProblem(EmailProblemKind.NoLocal)
            : value[^1] == '@' ? new EmailProblem(EmailProblemKind.NoDomain)
            : default;
    }

    private static EmailProblem CheckLocal(string local)
    {
        if (local.Length > MaxLocal)
        {
            return new EmailProblem(EmailProblemKind.TooLong);
        }

        // The "atext" of RFC 5322, 3.2.3, and the dot.
        foreach (var sign in local)
        {
            if (!char.IsAsciiLetterOrDigit(sign) && !".!#$%&'*+-/=?^_`{|}~".Contains(sign, StringComparison.Ordinal))
            {
                return Bad(sign);
            }
        }

        return DotsMisplaced(local) ? new EmailProblem(EmailProblemKind.DotMisplaced) : default;
    }

    private static EmailProblem ReadDomain(string domain, out string ascii)
    {
        ascii = "";
        if (DotsMisplaced(domain))
        {
            return new EmailProblem(EmailProblemKind.DotMisplaced);
        }

        foreach (var sign in domain)
        {
            if (sign < 128 && !char.IsAsciiLetterOrDigit(sign) && sign is not ('.' or '-'))
            {
                return Bad(sign);
            }
        }

        if (domain.Split('.').Any(label => label[0] == '-' || label[^1] == '-'))
        {
            return Bad('-');
        }

        if (domain.Split('.').Any(label => label.Length > MaxLabel))
        {
            return new EmailProblem(EmailProblemKind.TooLong);
        }

        try
        {
            ascii = Idn.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Either a sign that IDNA does not allow, or a label that is too long in punycode.
            var foreign = domain.FirstOrDefault(sign => sign >= 128 && !char.IsLetterOrDigit(sign));
            return foreign == '\0' ? new EmailProblem(EmailProblemKind.TooLong) : Bad(foreign);
        }

        // No top-level domain has one letter or is a number (RFC 3696, 2), so this also refuses addresses of machines.
        var ending = ascii[(ascii.LastIndexOf('.') + 1)..];
        return ending.Length == ascii.Length || ending.Length < 2 || ending.All(char.IsAsciiDigit)
            ? new EmailProblem(EmailProblemKind.NoEnding, domain)
            : default;
    }

    private static bool DotsMisplaced(string part) => part[0] == '.' || part[^1] == '.' || part.Contains("..", StringComparison.Ordinal);

    private static EmailProblem Bad(char sign) => new(EmailProblemKind.BadCharacter, sign.ToString());
}
