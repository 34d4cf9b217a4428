using System.Buffers.Binary;
using System.IO.Compression;
using PartnerPortal.Shared.Pictures;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser.Screens;

/// <summary>Makes a browser's picture a third of its size: 256 colours are enough for pages, whose thousands are mostly the edges of letters.</summary>
internal static class SmallPng
{
    private const int Colors = 256;

    public static byte[] Of(byte[] png)
    {
        var raster = PngReader.Read(png, int.MaxValue) ?? throw new InvalidDataException("The browser's picture is no PNG.");
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < raster.Pixels.Length; i += Raster.Channels)
        {
            counts[At(raster, i)] = counts.GetValueOrDefault(At(raster, i)) + 1;
        }

        var palette = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(Colors).Select(c => c.Key).ToArray();
        var nearest = counts.Keys.ToDictionary(c => c, c => (byte)Nearest(palette, c));

        using var file = new MemoryStream();
        file.Write(PngFile.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), raster.Height);
        // Eight bits that name a colour of the palette.
        (header[8], header[9]) = (8, 3);
        PngFile.Chunk(file, "IHDR", header);
        PngFile.Chunk(file, "PLTE", [.. palette.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c })]);
        PngFile.Chunk(file, "IDAT", Pack(raster, nearest));
        PngFile.Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Pack(Raster raster, Dictionary<int, byte> index)
    {
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            // The first byte of a row says that it is not filtered: with a palette that packs best.
            var row = new byte[1 + raster.Width];
            for (var y = 0; y < raster.Height; y++)
            {
                for (var x = 0; x < raster.Width; x++)
                {
                    row[x + 1] = index[At(raster, ((y * raster.Width) + x) * Raster.Channels)];
                }

                packed.Write(row);
            }
        }

        return data.ToArray();
    }

    private static int At(Raster raster, int offset) => (raster.Pixels[offset] << 16) | (raster.Pixels[offset + 1] << 8) | raster.Pixels[offset + 2];

    private static int Nearest(int[] palette, int color)
    {
        var (best, least) = (0, int.MaxValue);
        for (var i = 0; i < palette.Length && least > 0; i++)
        {
            var (red, green, blue) = ((palette[i] >> 16) - (color >> 16), ((palette[i] >> 8) & 255) - ((color >> 8) & 255), (palette[i] & 255) - (color & 255));
            var far = (red * red) + (green * green) + (blue * blue);
            (best, least) = far < least ? (i, far) : (best, least);
        }

        return best;
    }
}
