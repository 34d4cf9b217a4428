using System.Buffers.Binary;

namespace PartnerPortal.Shared.Pictures;

/// <summary>What a PNG's chunks say before its pixels.</summary>
internal sealed class PngHeader
{
    /// <summary>Pixels on a side; rows of more would take memory for nothing.</summary>
    private const int MostSide = 16_384;

    private const int Grey = 0;
    private const int Color = 2;
    private const int Indexed = 3;
    private const int GreyAndCoverage = 4;
    private const int ColorAndCoverage = 6;

    private readonly int _depth;
    private readonly int _type;
    private readonly byte[] _palette;
    private readonly byte[] _transparency;

    private PngHeader(ReadOnlySpan<byte> header, byte[] palette, byte[] transparency, byte[] data)
    {
        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        (_depth, _type, IsInterlaced) = (header[8], header[9], header[12] == 1);
        (_palette, _transparency, Data) = (palette, transparency, data);
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsInterlaced { get; }

    /// <summary>The compressed pixels.</summary>
    public byte[] Data { get; }

    public int BitsPerPixel => _depth * _type switch { Color => 3, GreyAndCoverage => 2, ColorAndCoverage => 4, _ => 1 };

    /// <returns>Null when the file is no PNG that the specification knows.</returns>
    public static PngHeader? Read(ReadOnlySpan<byte> png)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!png.StartsWith(signature))
        {
            return null;
        }

        ReadOnlySpan<byte> header = [];
        byte[] palette = [], transparency = [];
        using var data = new MemoryStream();
        for (var at = signature.Length; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
            {
                return null;
            }

            var content = png.Slice(at + 8, (int)length);
            switch (System.Text.Encoding.ASCII.GetString(png.Slice(at + 4, 4)))
            {
                case "IHDR":
                    header = content;
                    break;
                case "PLTE":
                    palette = content.ToArray();
                    break;
                case "tRNS":
                    transparency = content.ToArray();
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                default:
                    // The rest is about the file, not about its pixels.
                    break;
            }

            at += (int)length + 12;
        }

        return IsKnown(header) && (header[9] != Indexed || palette.Length >= 3) ? new PngHeader(header, palette, transparency, data.ToArray()) : null;
    }

    /// <summary>The pixel in a row, 8 bits a channel.</summary>
    public (byte Red, byte Green, byte Blue, byte Coverage) Pixel(byte[] row, int x)
    {
        switch (_type)
        {
            case Indexed:
                var index = Sample(row, x);
                var at = Math.Min(index * 3, _palette.Length - 3);
                return (_palette[at], _palette[at + 1], _palette[at + 2], index < _transparency.Length ? _transparency[index] : (byte)255);
            case Grey or GreyAndCoverage:
                var each = _type is Grey ? 1 : 2;
                var grey = Sample(row, x * each);
                return (Eight(grey), Eight(grey), Eight(grey), _type is GreyAndCoverage ? Eight(Sample(row, (x * 2) + 1)) : Covered(grey));
            default:
                var first = x * (_type is Color ? 3 : 4);
                var (red, green, blue) = (Sample(row, first), Sample(row, first + 1), Sample(row, first + 2));
                return (Eight(red), Eight(green), Eight(blue), _type is ColorAndCoverage ? Eight(Sample(row, first + 3)) : Covered(red, green, blue));
        }
    }

    /// <summary>Sizes that make sense, and the depths that each type may have (11.2.2).</summary>
    private static bool IsKnown(ReadOnlySpan<byte> header) => header.Length == 13
        && BinaryPrimitives.ReadInt32BigEndian(header) is > 0 and <= MostSide && BinaryPrimitives.ReadInt32BigEndian(header[4..]) is > 0 and <= MostSide
        && header[10] == 0 && header[11] == 0 && header[12] is 0 or 1
        && (header[9], header[8]) is (Grey, 1 or 2 or 4 or 8 or 16) or (Indexed, 1 or 2 or 4 or 8) or (Color or GreyAndCoverage or ColorAndCoverage, 8 or 16);

    private int Sample(byte[] row, int number) => _depth switch
    {
        16 => (row[number * 2] << 8) | row[(number * 2) + 1],
        8 => row[number],
        _ => (row[number * _depth / 8] >> (8 - _depth - (number * _depth % 8))) & ((1 << _depth) - 1),
    };

    private byte Eight(int sample) => _depth is 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << _depth) - 1));

    /// <summary>A picture without coverage of its own may name one colour that is not there at all (11.3.2.1).</summary>
    private byte Covered(params ReadOnlySpan<int> samples)
    {
        if (_transparency.Length < samples.Length * 2)
        {
            return 255;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i] != BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(i * 2)))
            {
                return 255;
            }
        }

        return 0;
    }
}
