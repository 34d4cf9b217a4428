using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace PartnerPortal.Features.Claims;

/// <summary>Why a file is not taken; each has a sentence.</summary>
public enum EvidenceProblem
{
    Empty,
    TooBig,

    /// <summary>Its ending is none of those that are taken.</summary>
    OtherKind,

    /// <summary>It does not hold what its ending says.</summary>
    NotWhatItSays,
}

/// <summary>Looks at what a file holds and not only at its name. What is taken is never shown by the portal: it is handed out to be saved.</summary>
public static class EvidenceFile
{
    /// <summary>Files that a side can put to a claim.</summary>
    public const int Most = 5;

    public const int MaxBytes = 5 * 1024 * 1024;

    public const int NameLength = 120;

    /// <summary>For the chooser of a browser.</summary>
    public const string Accept = ".pdf,.png,.jpg,.jpeg,.txt,.eml";

    private const int TailLength = 1024;

    /// <param name="file">Name and content.</param>
    /// <param name="contentType">What to serve it as; empty when it is not taken.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static EvidenceProblem? Check(NewFile file, out string contentType)
    {
        contentType = "";
        if (file.Bytes.Length is 0 or > MaxBytes)
        {
            return file.Bytes.Length == 0 ? EvidenceProblem.Empty : EvidenceProblem.TooBig;
        }

        ReadOnlySpan<byte> bytes = file.Bytes;
        (contentType, var isWhole) = Path.GetExtension(file.Name).ToLowerInvariant() switch
        {
            ".pdf" => ("application/pdf", IsPdf(bytes)),
            ".png" => ("image/png", IsPng(bytes)),
            ".jpg" or ".jpeg" => ("image/jpeg", IsJpeg(bytes)),
            ".txt" => ("text/plain", IsText(bytes)),
            ".eml" => ("message/rfc822", IsMessage(bytes)),
            _ => ("", false),
        };
        var problem = contentType.Length == 0 ? EvidenceProblem.OtherKind : isWhole ? (EvidenceProblem?)null : EvidenceProblem.NotWhatItSays;
        contentType = problem is null ? contentType : "";
        return problem;
    }

    /// <summary>The last part of a path, without what cannot be seen or turns the reading direction, and not too long; the ending stays.</summary>
    public static string CleanName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var seen = string.Concat(last.EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned)));
        var ending = Path.GetExtension(seen);
        var stem = seen[..^ending.Length].Trim();
        return (stem.Length > NameLength - ending.Length ? stem[..(NameLength - ending.Length)].TrimEnd() : stem) + ending;
    }

    /// <summary>ISO 32000-1, 7.5.2 and 7.5.5: a header, which readers look for in the first 1024 bytes, and a mark near the end.</summary>
    private static bool IsPdf(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, TailLength)].IndexOf("%PDF-"u8) >= 0 && bytes[Math.Max(0, bytes.Length - TailLength)..].LastIndexOf("%%EOF"u8) >= 0;

    /// <summary>Signature and the chain of chunks up to IEND (PNG specification, 5.2 to 5.6).</summary>
    private static bool IsPng(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!bytes.StartsWith(signature) || bytes.Length < 33 || !bytes[12..16].SequenceEqual("IHDR"u8))
        {
            return false;
        }

        for (var at = signature.Length; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
            {
                return false;
            }

            if (bytes[(at + 4)..(at + 8)].SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += (int)length + 12;
        }

        return false;
    }

    /// <summary>Start of image and another marker, and an end of image near the end: cameras write more after it (ITU T.81, B.1.1).</summary>
    private static bool IsJpeg(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 4 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF && bytes.LastIndexOf([(byte)0xFF, (byte)0xD9]) > 2;

    private static bool IsText(ReadOnlySpan<byte> bytes) => HasNoControls(bytes) && System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>RFC 5322, 2.2: lines of "name: value" with a sender or a date among them, before an empty line. What follows may be in any character set.</summary>
    private static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        if (!HasNoControls(bytes))
        {
            return false;
        }

        var hasNeeded = false;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range].TrimEnd((byte)'\r');
            if (line.Length == 0)
            {
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                continue;
            }

            var name = Encoding.Latin1.GetString(line[..Math.Min(line.Length, 80)]).Split(':')[0];
            if (name.Length == line.Length || name.Any(c => c is <= ' ' or > '~'))
            {
                return false;
            }

            hasNeeded |= name.Equals("From", StringComparison.OrdinalIgnoreCase) || name.Equals("Date", StringComparison.OrdinalIgnoreCase);
        }

        return hasNeeded;
    }

    private static bool HasNoControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }

        return true;
    }
}
