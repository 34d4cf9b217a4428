using System.Buffers.Binary;
using System.Xml;

namespace PartnerPortal.Features.Program;

/// <summary>Why a file cannot be the logo; each has a sentence.</summary>
public enum LogoProblem
{
    TooBig,

    /// <summary>Neither a whole PNG nor an SVG, whatever the file is called.</summary>
    OtherKind,

    /// <summary>An SVG with script, foreign content, or references to other places.</summary>
    ActiveSvg,

    /// <summary>More pixels than a logo needs.</summary>
    TooManyPixels,
}

/// <summary>Looks at what a file holds, not at its name: the browser of somebody else will open it.</summary>
public static class LogoFile
{
    public const int MaxBytes = 256 * 1024;

    private const int MaxSide = 4096;
    private const string Svg = "http://www.w3.org/2000/svg";

    private static readonly HashSet<string> Active = new(StringComparer.OrdinalIgnoreCase)
        { "script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "listener", "set", "animate" };

    /// <param name="bytes">The whole file.</param>
    /// <param name="contentType">What to serve it as; empty when it cannot be served.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static LogoProblem? Check(ReadOnlySpan<byte> bytes, out string contentType)
    {
        contentType = "";
        if (bytes.Length > MaxBytes)
        {
            return LogoProblem.TooBig;
        }

        var isPng = bytes.Length > 0 && bytes[0] == 0x89;
        var problem = isPng ? CheckPng(bytes) : CheckSvg(bytes.ToArray());
        contentType = problem is not null ? "" : isPng ? "image/png" : "image/svg+xml";
        return problem;
    }

    /// <summary>Signature, header and the chain of chunks up to IEND (PNG specification, 5.2 to 5.6).</summary>
    private static LogoProblem? CheckPng(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!bytes.StartsWith(signature) || bytes.Length < 33 || !bytes[12..16].SequenceEqual("IHDR"u8))
        {
            return LogoProblem.OtherKind;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        if (width is 0 or > MaxSide || height is 0 or > MaxSide)
        {
            return width == 0 || height == 0 ? LogoProblem.OtherKind : LogoProblem.TooManyPixels;
        }

        var at = signature.Length;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
            {
                return LogoProblem.OtherKind;
            }

            if (bytes[(at + 4)..(at + 8)].SequenceEqual("IEND"u8))
            {
                return null;
            }

            at += (int)length + 12;
        }

        return LogoProblem.OtherKind;
    }

    private static LogoProblem? CheckSvg(byte[] bytes)
    {
        // No DTD, so no entities; nothing is fetched.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MaxBytes };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            var root = true;
            while (reader.Read())
            {
                if (reader.NodeType is not XmlNodeType.Element)
                {
                    continue;
                }

                if (root && (reader.LocalName != "svg" || reader.NamespaceURI != Svg))
                {
                    return LogoProblem.OtherKind;
                }

                root = false;
                if (Active.Contains(reader.LocalName) || HasActiveAttribute(reader))
                {
                    return LogoProblem.ActiveSvg;
                }
            }

            return root ? LogoProblem.OtherKind : null;
        }
        catch (XmlException)
        {
            return LogoProblem.OtherKind;
        }
    }

    private static bool HasActiveAttribute(XmlReader reader)
    {
        var active = false;
        while (reader.MoveToNextAttribute())
        {
            active |= reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || (reader.LocalName is "href" or "src" && !reader.Value.StartsWith('#') && !reader.Value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase));
        }

        reader.MoveToElement();
        return active;
    }
}
