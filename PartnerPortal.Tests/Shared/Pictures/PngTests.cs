using PartnerPortal.Shared.Pictures;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Shared.Pictures;

public sealed class PngTests
{
    /// <summary>Type and depth of every kind of PNG, plain and interlaced, in sizes at which some of Adam7's passes are empty or end within a byte.</summary>
    public static TheoryData<int, int, bool, int, int> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool, int, int>();
            foreach (var (type, depths) in new[] { (0, new[] { 1, 2, 4, 8, 16 }), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) })
            {
                foreach (var depth in depths)
                {
                    kinds.Add(type, depth, false, 13, 9);
                    kinds.Add(type, depth, true, 13, 9);
                    kinds.Add(type, depth, true, 2, 3);
                    kinds.Add(type, depth, true, 1, 1);
                }
            }

            return kinds;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Read_AnyKind_GivesItsPixels(int type, int depth, bool interlaced, int width, int height)
    {
        var most = (1 << depth) - 1;
        byte[]? palette = type == 3 ? [.. Enumerable.Range(0, 3 * (most + 1)).Select(i => (byte)(i * 37))] : null;
        var file = new PngFile(width, height, depth, type, interlaced, palette, type == 3 ? [0, 128] : null).Write(SamplesAt);

        var raster = PngReader.Read(file, 100)!;

        Assert.Equal((width, height), (raster.Width, raster.Height));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                Assert.Equal(Expected(SamplesAt(x, y)), raster.At(x, y).ToArray());
            }
        }

        int[] SamplesAt(int x, int y) => [.. Enumerable.Range(0, type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }).Select(c => ((x * 7919) + (y * 104_729) + (c * 15_485)) % (most + 1))];

        byte[] Expected(int[] s)
        {
            var eight = s.Select(v => depth == 16 ? v >> 8 : v * 255 / most).ToArray();
            var (r, g, b, a) = type switch
            {
                0 => (eight[0], eight[0], eight[0], 255),
                2 => (eight[0], eight[1], eight[2], 255),
                3 => (palette![s[0] * 3], palette[(s[0] * 3) + 1], palette[(s[0] * 3) + 2], s[0] switch { 0 => 0, 1 => 128, _ => 255 }),
                4 => (eight[0], eight[0], eight[0], eight[1]),
                _ => (eight[0], eight[1], eight[2], eight[3]),
            };
            return [Part(r, a), Part(g, a), Part(b, a), (byte)a];
        }

        static byte Part(int channel, int coverage) => (byte)Math.Round(channel * coverage / 255.0);
    }

    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(2, 16, 3)]
    public void Read_OneColorMadeClear_IsNotThere(int type, int depth, int channels)
    {
        var clear = Enumerable.Repeat(90, channels).ToArray();
        byte[] transparency = [.. clear.SelectMany(c => new byte[] { 0, (byte)c })];
        var file = new PngFile(2, 1, depth, type, Transparency: transparency).Write((x, _) => x == 0 ? clear : [.. clear.Select(c => c + 1)]);

        var raster = PngReader.Read(file, 100)!;

        Assert.Equal((0, 255), (raster.At(0, 0)[3], raster.At(1, 0)[3]));
    }

    /// <summary>A file of ImageMagick's, with chunks of its own: a palette of two bits, interlaced, a row of red, one of purple, one of blue.</summary>
    [Fact]
    public void Read_FileOfAnotherProgram_GivesItsPixels()
    {
        var file = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAFRXx39AAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAAdTAAAOpgAAA6mAAAF3CculE8AAAADFBMVEX/AACAAIAAAP////8zCIytAAAAAWJLR0QDEQxM8gAAAAd0"
            + "SU1FB+oLGRMbJzOW2JgAAAASSURBVAjXY2AAgxVAvIAh1AEACLkB3iPNVXYAAAAldEVYdGRhdGU6Y3JlYXRlADIwMjYtMTEtMjVUMTk6Mjc6MzkrMDA6MDDZsMGrAAAAJXRFWHRkYXRlOm1vZGlmeQAyMDI2LTExLTI1VDE5OjI3OjM5KzAwOjAwqO15FwAAAABJRU5ErkJggg==");

        var raster = PngReader.Read(file, 100)!;

        Assert.Equal((5, 3), (raster.Width, raster.Height));
        Assert.All(Enumerable.Range(0, 5), x => Assert.Equal([255, 0, 0, 255, 128, 0, 128, 255, 0, 0, 255, 255], [.. raster.At(x, 0), .. raster.At(x, 1), .. raster.At(x, 2)]));
    }

    [Fact]
    public void Read_Large_IsMadeSmallerByMeans()
    {
        // Black and white in turn: grey from afar. Its lower half is not there, which takes no colour from the upper.
        var file = new PngFile(400, 200, 8, 6).Write((x, y) => y >= 100 ? [255, 0, 0, 0] : Enumerable.Repeat((x + y) % 2 * 255, 3).Append(255).ToArray());

        var raster = PngReader.Read(file, 40)!;

        Assert.Equal((40, 20), (raster.Width, raster.Height));
        Assert.Equal([128, 128, 128, 255], raster.At(7, 9).ToArray());
        Assert.Equal([0, 0, 0, 0], raster.At(7, 10).ToArray());
    }

    [Fact]
    public void Read_BrokenOrOther_IsNull()
    {
        var file = new PngFile(8, 8, 8, 2).Write((x, y) => [x, y, 0]);
        Assert.Null(PngReader.Read([], 10));
        Assert.Null(PngReader.Read("GIF89a"u8.ToArray(), 10));
        Assert.Null(PngReader.Read(file[..40], 10));
        for (var cut = 8; cut < file.Length - 12; cut += 5)
        {
            // Half of a picture is none; what is cut off after the pixels does no harm.
            Assert.True(PngReader.Read(file[..cut], 10) is null or { Width: 8 });
        }

        foreach (var (at, value) in new[] { (24, 3), (25, 5), (26, 1), (27, 1), (28, 2), (16, 0x7f), (16, 0xff) })
        {
            byte[] wrong = [.. file];
            wrong[at] = (byte)value;
            Assert.Null(PngReader.Read(wrong, 10));
        }

        // A palette is missing, and one that has fewer colours than the picture names is no reason to fail.
        Assert.Null(PngReader.Read(new PngFile(2, 2, 8, 3).Write((_, _) => [0]), 10));
        Assert.Equal([1, 2, 3, 255], PngReader.Read(new PngFile(1, 1, 8, 3, Palette: [1, 2, 3]).Write((_, _) => [200]), 10)!.At(0, 0).ToArray());
    }

    [Fact]
    public void Write_Rows_AreReadAgain()
    {
        var file = PngWriter.Write(3, 2, (y, row) =>
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)((y * 100) + i);
            }
        });

        var raster = PngReader.Read(file, 10)!;

        Assert.Equal([0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 100, 101, 102, 255, 103, 104, 105, 255, 106, 107, 108, 255], raster.Pixels);
        // The checksum of an empty IEND is the same in every PNG.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], file[^4..]);
    }

    [Fact]
    public void FitInto_Larger_GoesOverFromPixelToPixel()
    {
        var raster = new Raster(2, 1);
        raster.At(1, 0).Fill(200);

        var larger = raster.FitInto(8);

        Assert.Equal((8, 4), (larger.Width, larger.Height));
        Assert.Equal([0, 0, 25, 75, 125, 175, 200, 200], Enumerable.Range(0, 8).Select(x => (int)larger.At(x, 2)[0]));
    }
}
