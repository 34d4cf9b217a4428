namespace PartnerPortal.Shared.Pictures;

/// <summary>A picture of pixels. Each is four bytes: red, green and blue times the coverage, and the coverage.</summary>
public sealed class Raster(int width, int height)
{
    public const int Channels = 4;

    public int Width => width;

    public int Height => height;

    public byte[] Pixels { get; } = new byte[width * height * Channels];

    /// <summary>The largest size of this shape within a square, at least a pixel.</summary>
    public static (int Width, int Height) Fit(int width, int height, int side)
    {
        var scale = (double)side / Math.Max(width, height);
        return (Math.Clamp((int)Math.Round(width * scale), 1, side), Math.Clamp((int)Math.Round(height * scale), 1, side));
    }

    /// <summary>The same picture as large as fits into a square.</summary>
    public Raster FitInto(int side)
    {
        var (newWidth, newHeight) = Fit(width, height, side);
        return newWidth <= width && newHeight <= height ? Smaller(newWidth, newHeight) : Larger(newWidth, newHeight);
    }

    public Span<byte> At(int x, int y) => Pixels.AsSpan(((y * width) + x) * Channels, Channels);

    private Raster Smaller(int newWidth, int newHeight)
    {
        var means = new RasterMeans(width, height, newWidth, newHeight);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = At(x, y);
                means.Add(x, y, pixel[0] * 255, pixel[1] * 255, pixel[2] * 255, pixel[3]);
            }
        }

        return means.ToRaster();
    }

    /// <summary>Between the four nearest pixels' centres.</summary>
    private Raster Larger(int newWidth, int newHeight)
    {
        var larger = new Raster(newWidth, newHeight);
        for (var y = 0; y < newHeight; y++)
        {
            var (top, bottom, down) = Between(y, newHeight, height);
            for (var x = 0; x < newWidth; x++)
            {
                var (left, right, across) = Between(x, newWidth, width);
                for (var c = 0; c < Channels; c++)
                {
                    var above = (At(left, top)[c] * (1 - across)) + (At(right, top)[c] * across);
                    var below = (At(left, bottom)[c] * (1 - across)) + (At(right, bottom)[c] * across);
                    larger.At(x, y)[c] = (byte)Math.Round((above * (1 - down)) + (below * down));
                }
            }
        }

        return larger;
    }

    private static (int First, int Second, double Share) Between(int at, int length, int sourceLength)
    {
        var place = Math.Clamp(((at + 0.5) * sourceLength / length) - 0.5, 0, sourceLength - 1);
        var first = (int)place;
        return (first, Math.Min(first + 1, sourceLength - 1), place - first);
    }
}

/// <summary>Makes a picture smaller while it is read: every pixel of the small one is the mean of those that fall into it, in whatever order they come.</summary>
public sealed class RasterMeans(int sourceWidth, int sourceHeight, int width, int height)
{
    private readonly long[] _sums = new long[width * height * Raster.Channels];
    private readonly int[] _counts = new int[width * height];

    /// <summary>A pixel of the large picture; red, green and blue are channel times coverage, 0 to 65025, the coverage 0 to 255.</summary>
    public void Add(int x, int y, int red, int green, int blue, int coverage)
    {
        var at = ((int)((long)y * height / sourceHeight) * width) + (int)((long)x * width / sourceWidth);
        _counts[at]++;
        _sums[at * Raster.Channels] += red;
        _sums[(at * Raster.Channels) + 1] += green;
        _sums[(at * Raster.Channels) + 2] += blue;
        _sums[(at * Raster.Channels) + 3] += coverage * 255;
    }

    public Raster ToRaster()
    {
        var raster = new Raster(width, height);
        for (var i = 0; i < _sums.Length; i++)
        {
            var whole = Math.Max(1, _counts[i / Raster.Channels]) * 255L;
            raster.Pixels[i] = (byte)((_sums[i] + (whole / 2)) / whole);
        }

        return raster;
    }
}
