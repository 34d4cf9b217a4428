using System.Collections;
using System.Globalization;
using System.Text;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using QRCoder;

namespace PartnerPortal.Features.Referrals;

/// <summary>A square of modules.</summary>
/// <param name="From">Its first column, and row.</param>
/// <param name="Side">Modules across.</param>
public sealed record QrSquare(int From, int Side);

/// <summary>
/// A QR code (ISO/IEC 18004) of a link, for screens and for print. Error correction Q: a quarter of the code may be lost to dirt, folds or a cheap printer, and
/// its modules stay larger than with H at the same size, which a phone's camera notices first. The quiet zone of four modules that the standard asks for is part of it.
/// With a logo it is H, of which nearly a third may be lost: the logo's white plate takes a fifth of the width at most, hence a twentieth of the modules, and dirt may still come on top.
/// </summary>
public sealed class QrCode
{
    private const string Ink = "#12191c";
    private const string Ground = "#ffffff";
    private const double PlateShare = 0.2;

    /// <summary>From version 7 on an alignment mark is under the plate, and a scanner takes a solid dark logo for it when it is as large as it may be (zbar, versions 8 and 9).</summary>
    private const double PlateShareOverMark = 0.18;
    private const int SmallestWithMark = 53;

    private static readonly byte[] InkBytes = [0x12, 0x19, 0x1c];
    private static readonly byte[] GroundBytes = [0xff, 0xff, 0xff];

    private readonly string _text;
    private readonly List<BitArray> _modules;
    private readonly QrLogo? _logo;

    private QrCode(string text, List<BitArray> modules, QrLogo? logo)
    {
        (_text, _modules, _logo, Size) = (text, modules, logo, modules.Count);
        if (logo is not null)
        {
            // A code's side is odd, and so is the plate's: it stands in the very middle.
            var side = (((int)(Size * (Size < SmallestWithMark ? PlateShare : PlateShareOverMark)) + 1) / 2 * 2) - 1;
            Plate = new QrSquare((Size - side) / 2, side);
        }

        Path = Draw();
    }

    /// <summary>Modules across, the quiet zone included: the side of the SVG's view box.</summary>
    public int Size { get; }

    /// <summary>The dark modules as SVG path data in units of a module; runs in a row are one rectangle.</summary>
    public string Path { get; }

    /// <summary>The white middle; null when the code is plain.</summary>
    public QrSquare? Plate { get; }

    /// <summary>Where the logo stands on the plate, a module from its edges.</summary>
    public QrSquare? LogoPlace => Plate is { } plate ? new QrSquare(plate.From + 1, plate.Side - 2) : null;

    /// <summary>The code of an account's referral link.</summary>
    public static QrCode OfLink(PublicUrl urls, string code, QrLogo? logo = null) => Of(LinkOf(urls, code), logo);

    /// <summary>The link that a code of it carries, marked so that visits by it are told apart.</summary>
    /// <param name="urls">Where the portal is.</param>
    /// <param name="code">Of the account.</param>
    /// <param name="invitationToken">Of an invitation; null for the account's own link.</param>
    public static string LinkOf(PublicUrl urls, string code, string? invitationToken = null) => urls.Of(PortalUrls.Referral(code, invitationToken, ReferralSources.Qr));

    /// <param name="text">What a scanner reads.</param>
    /// <param name="logo">Stands in the middle; null for a plain code.</param>
    public static QrCode Of(string text, QrLogo? logo = null)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, LevelFor(logo));
        return new QrCode(text, data.ModuleMatrix, logo);
    }

    /// <summary>A file of its own: dark on white whatever the theme, crisp at any size. The logo is inside, as a picture, in which no script runs and whose styles reach nothing else.</summary>
    public string ToSvg()
    {
        // Programs for print know xlink:href, browsers still do.
        var (names, logo) = _logo is null || LogoPlace is not { } place ? ("", "") : (" xmlns:xlink=\"http://www.w3.org/1999/xlink\"", string.Create(
            CultureInfo.InvariantCulture,
            $"""<image x="{place.From}" y="{place.From}" width="{place.Side}" height="{place.Side}" xlink:href="data:{_logo.ContentType};base64,{Convert.ToBase64String(_logo.Content)}"/>"""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg"{names} viewBox="0 0 {Size} {Size}" width="512" height="512" shape-rendering="crispEdges"><rect width="{Size}" height="{Size}" fill="{Ground}"/><path d="{Path}" fill="{Ink}"/>{logo}</svg>""");
    }

    /// <summary>A logo that is no picture of pixels is left out, and the code is a plain one then.</summary>
    /// <param name="pixels">The side it is to have at most; modules are whole pixels, so it is a little less.</param>
    public byte[] ToPng(int pixels)
    {
        if (_logo is not null)
        {
            return _logo.Pixels is { } logo ? QrPicture.Draw(this, logo, Math.Max(1, pixels / Size), InkBytes, GroundBytes) : Of(_text).ToPng(pixels);
        }

        using var data = QRCodeGenerator.GenerateQrCode(_text, LevelFor(_logo));
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(Math.Max(1, pixels / Size), InkBytes, GroundBytes);
    }

    /// <summary>The module is dark; on the plate none is.</summary>
    public bool IsDark(int x, int y) => _modules[y][x] && !(Plate is { } plate && IsOn(plate, x) && IsOn(plate, y));

    private static bool IsOn(QrSquare plate, int at) => at >= plate.From && at < plate.From + plate.Side;

    private static QRCodeGenerator.ECCLevel LevelFor(QrLogo? logo) => logo is null ? QRCodeGenerator.ECCLevel.Q : QRCodeGenerator.ECCLevel.H;

    private string Draw()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (!IsDark(x, y))
                {
                    continue;
                }

                var start = x;
                while (x + 1 < Size && IsDark(x + 1, y))
                {
                    x++;
                }

                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start + 1}v1h-{x - start + 1}z");
            }
        }

        return path.ToString();
    }
}
