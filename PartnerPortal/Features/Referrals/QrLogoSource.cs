using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Shared.Pictures;

namespace PartnerPortal.Features.Referrals;

/// <summary>The program's logo as QR codes carry it.</summary>
public sealed class QrLogo
{
    /// <summary>More than a code of 4096 pixels has room for would be lost on it.</summary>
    private const int MostPixels = 640;

    private readonly Lazy<Raster?> _pixels;

    /// <param name="content">The file.</param>
    /// <param name="contentType">PNG or SVG.</param>
    /// <param name="url">Where pages find it.</param>
    public QrLogo(byte[] content, string contentType, string url)
    {
        (Content, ContentType, Url) = (content, contentType, url);
        _pixels = new(() => contentType is "image/png" ? PngReader.Read(content, MostPixels) : null);
    }

    public byte[] Content { get; }

    public string ContentType { get; }

    public string Url { get; }

    /// <summary>Null when it is a drawing, or cannot be read: codes of pixels go without it.</summary>
    public Raster? Pixels => _pixels.Value;
}

/// <summary>Whether QR codes carry the logo, and which. It is read once for all codes.</summary>
public sealed class QrLogoSource(ProgramSettingsSource settings)
{
    private volatile QrLogo? _latest;

    /// <returns>Null when codes are plain.</returns>
    public async ValueTask<QrLogo?> GetAsync(CancellationToken ct = default)
    {
        if (await settings.GetAsync(ct) is not { LogoInQr: true, Logo: { } logo, LogoContentType: { } type } program)
        {
            return null;
        }

        var url = ProgramBrand.LogoUrl(program);
        return _latest is { } latest && ReferenceEquals(latest.Content, logo) && latest.Url == url ? latest : _latest = new QrLogo(logo, type, url);
    }
}
