using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PartnerPortal.Tests.Support;

/// <summary>
/// Makes PNG files of every kind for tests, straight from the specification and with none of the portal's code. Rows take the five filters in turn.
/// </summary>
public sealed record PngFile(int Width, int Height, int Depth, int Type, bool Interlaced = false, byte[]? Palette = null, byte[]? Transparency = null)
{
    private static readonly (int X, int Y, int Across, int Down)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>What every file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private int Channels => Type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>A logo: a disc on nothing.</summary>
    public static byte[] Disc(int side, byte red, byte green, byte blue) => new PngFile(side, side, 8, 6).Write((x, y) =>
        Math.Pow(x - (side / 2.0), 2) + Math.Pow(y - (side / 2.0), 2) < side * side / 4.0 ? [red, green, blue, 255] : [0, 0, 0, 0]);

    /// <param name="sample">The channels of a pixel, each as large as the depth allows.</param>
    public byte[] Write(Func<int, int, int[]> sample)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)Type, Interlaced ? (byte)1 : (byte)0);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", "Comment\0not a pixel"u8.ToArray());
        if (Palette is not null)
        {
            Chunk(file, "PLTE", Palette);
        }

        if (Transparency is not null)
        {
            Chunk(file, "tRNS", Transparency);
        }

        // In two parts, as writers may do.
        var data = Pack(sample);
        Chunk(file, "IDAT", data[..(data.Length / 2)]);
        Chunk(file, "IDAT", data[(data.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private byte[] Pack(Func<int, int, int[]> sample)
    {
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (left, top, across, down) in Interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                byte[]? before = null;
                var number = 0;
                for (var y = top; y < Height && left < Width; y += down)
                {
                    var bits = new List<int>();
                    for (var x = left; x < Width; x += across)
                    {
                        bits.AddRange(sample(x, y).SelectMany(s => Enumerable.Range(0, Depth).Select(b => (s >> (Depth - 1 - b)) & 1)));
                    }

                    var row = bits.Chunk(8).Select(c => (byte)c.Select((bit, i) => bit << (7 - i)).Sum()).ToArray();
                    var filter = number++ % 5;
                    packed.WriteByte((byte)filter);
                    packed.Write(Filtered(filter, row, before ?? new byte[row.Length]));
                    before = row;
                }
            }
        }

        return data.ToArray();
    }

    private byte[] Filtered(int filter, byte[] row, byte[] before)
    {
        var pixel = Math.Max(1, Depth * Channels / 8);
        return [.. row.Select((value, i) =>
        {
            int a = i < pixel ? 0 : row[i - pixel], b = before[i], c = i < pixel ? 0 : before[i - pixel];
            var p = a + b - c;
            var nearest = new[] { a, b, c }.MinBy(n => Math.Abs(p - n));
            return (byte)(value - filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => nearest, _ => 0 });
        })];
    }

    /// <summary>A part of a file, with its length before and its checksum behind.</summary>
    public static void Chunk(Stream file, string kind, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. content];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        file.Write([.. length, .. named, .. sum]);
    }

    /// <summary>Bit by bit, as annex D of the specification begins.</summary>
    private static uint Crc(byte[] bytes) => ~bytes.Aggregate(uint.MaxValue, (crc, b) =>
        Enumerable.Range(0, 8).Aggregate(crc ^ b, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1));
}
