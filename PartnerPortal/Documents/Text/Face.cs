using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace PartnerPortal.Documents.Text;

/// <summary>One of the embedded fonts, for shaping and for drawing.</summary>
internal sealed class Face : IDisposable
{
    private readonly GCHandle _bytes;
    private readonly Blob _blob;
    private readonly HarfBuzzSharp.Face _shape;

    public Face(string resource)
    {
        using var stream = typeof(Face).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The font {resource} is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        _bytes = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        _blob = new Blob(_bytes.AddrOfPinnedObject(), bytes.Length, MemoryMode.ReadOnly);
        _shape = new HarfBuzzSharp.Face(_blob, 0);
        Shaping = new HarfBuzzSharp.Font(_shape);
        UnitsPerEm = _shape.UnitsPerEm;
        Shaping.SetScale(UnitsPerEm, UnitsPerEm);
        using var data = SKData.CreateCopy(bytes);
        Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {resource} cannot be read.");
    }

    public HarfBuzzSharp.Font Shaping { get; }

    public SKTypeface Typeface { get; }

    public int UnitsPerEm { get; }

    public bool Has(char c) => Shaping.TryGetNominalGlyph(c, out _);

    public void Dispose()
    {
        Typeface.Dispose();
        Shaping.Dispose();
        _shape.Dispose();
        _blob.Dispose();
        _bytes.Free();
    }
}
