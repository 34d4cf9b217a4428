using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PartnerPortal.Shared.Pictures;

/// <summary>Fills a row with three bytes a pixel.</summary>
public delegate void PngRow(int y, Span<byte> row);

/// <summary>Writes a PNG of 8-bit colour, row by row, so that the picture is never whole in memory.</summary>
public static class PngWriter
{
    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    public static byte[] Write(int width, int height, PngRow draw)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        // Eight bits a channel, colour.
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR", header);

        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            // The first byte of a row says that it is not filtered.
            var row = new byte[1 + (width * 3)];
            for (var y = 0; y < height; y++)
            {
                draw(y, row.AsSpan(1));
                packed.Write(row);
            }
        }

        Chunk(png, "IDAT", data.GetBuffer().AsSpan(0, (int)data.Length));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        var name = Encoding.ASCII.GetBytes(kind);
        png.Write(name);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), content));
        png.Write(number);
    }

    /// <summary>CRC-32 as in annex D of the specification.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            crc = Crcs[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint CrcOf(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}
