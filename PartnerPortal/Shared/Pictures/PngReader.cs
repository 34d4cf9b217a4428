using System.IO.Compression;

namespace PartnerPortal.Shared.Pictures;

/// <summary>
/// Reads a PNG of any kind that the specification knows (W3C Portable Network Graphics, second edition), to a picture of at most a given side. It is made smaller
/// while it is read, row by row, so that a large one takes no more memory than a small one. Colour profiles are not looked at: sRGB is what nearly all logos are in.
/// </summary>
public static class PngReader
{
    /// <summary>Left, top, step across and step down of Adam7's passes (8.2).</summary>
    private static readonly (int X, int Y, int Across, int Down)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="png">The whole file.</param>
    /// <param name="side">The picture's longer side at most; a smaller one keeps its size.</param>
    /// <returns>Null when the file is no PNG, or broken.</returns>
    public static Raster? Read(byte[] png, int side)
    {
        try
        {
            return PngHeader.Read(png) is { } header ? Read(header, side) : null;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static Raster Read(PngHeader header, int side)
    {
        var (width, height) = Raster.Fit(header.Width, header.Height, Math.Min(side, Math.Max(header.Width, header.Height)));
        var means = new RasterMeans(header.Width, header.Height, width, height);
        using var data = new ZLibStream(new MemoryStream(header.Data), CompressionMode.Decompress);
        foreach (var (left, top, across, down) in header.IsInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            var (columns, rows) = ((header.Width - left + across - 1) / across, (header.Height - top + down - 1) / down);
            if (columns <= 0 || rows <= 0)
            {
                continue;
            }

            // Each starts as zeros, which is what the first row and the first pixel of a row are compared with (9.2).
            var row = new byte[((columns * header.BitsPerPixel) + 7) / 8];
            var before = new byte[row.Length];
            for (var y = 0; y < rows; y++)
            {
                var filter = data.ReadByte();
                data.ReadExactly(row);
                Restore(filter, row, before, Math.Max(1, header.BitsPerPixel / 8));
                for (var x = 0; x < columns; x++)
                {
                    var (red, green, blue, coverage) = header.Pixel(row, x);
                    means.Add(left + (x * across), top + (y * down), red * coverage, green * coverage, blue * coverage, coverage);
                }

                (row, before) = (before, row);
            }
        }

        return means.ToRaster();
    }

    /// <summary>Undoes a row's filter (9.2).</summary>
    private static void Restore(int filter, byte[] row, byte[] before, int pixel)
    {
        if (filter is < 0 or > 4)
        {
            throw new InvalidDataException("There is no such filter.");
        }

        for (var i = 0; i < row.Length; i++)
        {
            var (left, above, corner) = (i < pixel ? 0 : row[i - pixel], before[i], i < pixel ? 0 : before[i - pixel]);
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above,
                3 => (left + above) / 2,
                4 => Paeth(left, above, corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
