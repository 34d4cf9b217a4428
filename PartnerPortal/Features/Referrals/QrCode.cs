using System.Globalization;
using System.Text;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using QRCoder;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// A QR code (ISO/IEC 18004) of a link, for screens and for print. Error correction Q: a quarter of the code may be lost to dirt, folds or a cheap printer, and
/// its modules stay larger than with H at the same size, which a phone's camera notices first. The quiet zone of four modules that the standard asks for is part of it.
/// </summary>
public sealed class QrCode
{
    private const QRCodeGenerator.ECCLevel Level = QRCodeGenerator.ECCLevel.Q;
    private const string Ink = "#12191c";
    private const string Ground = "#ffffff";

    private static readonly byte[] InkBytes = [0x12, 0x19, 0x1c];
    private static readonly byte[] GroundBytes = [0xff, 0xff, 0xff];

    private readonly string _text;

    private QrCode(string text, int size, string path) => (_text, Size, Path) = (text, size, path);

    /// <summary>Modules across, the quiet zone included: the side of the SVG's view box.</summary>
    public int Size { get; }

    /// <summary>The dark modules as SVG path data in units of a module; runs in a row are one rectangle.</summary>
    public string Path { get; }

    /// <summary>The code of an account's referral link, marked so that visits by it are told apart.</summary>
    public static QrCode OfLink(PublicUrl urls, string code) => Of(urls.Of(PortalUrls.Referral(code, source: ReferralSources.Qr)));

    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, Level);
        var modules = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                if (!modules[y][x])
                {
                    continue;
                }

                var start = x;
                while (x + 1 < modules.Count && modules[y][x + 1])
                {
                    x++;
                }

                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start + 1}v1h-{x - start + 1}z");
            }
        }

        return new QrCode(text, modules.Count, path.ToString());
    }

    /// <summary>A file of its own: dark on white whatever the theme, crisp at any size.</summary>
    public string ToSvg() => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Size} {Size}" width="512" height="512" shape-rendering="crispEdges"><rect width="{Size}" height="{Size}" fill="{Ground}"/><path d="{Path}" fill="{Ink}"/></svg>""");

    /// <param name="pixels">The side it is to have at most; modules are whole pixels, so it is a little less.</param>
    public byte[] ToPng(int pixels)
    {
        using var data = QRCodeGenerator.GenerateQrCode(_text, Level);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(Math.Max(1, pixels / Size), InkBytes, GroundBytes);
    }
}
