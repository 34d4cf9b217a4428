using PartnerPortal.Shared.Pictures;

namespace PartnerPortal.Features.Referrals;

/// <summary>A QR code with a logo in pixels.</summary>
internal static class QrPicture
{
    /// <param name="qr">With a plate.</param>
    /// <param name="logo">Any size; its shape is kept.</param>
    /// <param name="module">Pixels a module.</param>
    /// <param name="ink">Red, green, blue.</param>
    /// <param name="ground">Likewise.</param>
    public static byte[] Draw(QrCode qr, Raster logo, int module, byte[] ink, byte[] ground)
    {
        var place = qr.LogoPlace ?? throw new InvalidOperationException("The code has no place for a logo.");
        var fitted = logo.FitInto(place.Side * module);
        var (left, top) = (Centred(place, module, fitted.Width), Centred(place, module, fitted.Height));
        return PngWriter.Write(qr.Size * module, qr.Size * module, (y, row) =>
        {
            for (var x = 0; x < qr.Size * module; x++)
            {
                (qr.IsDark(x / module, y / module) ? ink : ground).CopyTo(row[(x * 3)..]);
            }

            for (var x = 0; y >= top && y < top + fitted.Height && x < fitted.Width; x++)
            {
                var over = fitted.At(x, y - top);
                var under = row.Slice((left + x) * 3, 3);
                for (var c = 0; c < under.Length; c++)
                {
                    under[c] = (byte)Math.Min(255, over[c] + (under[c] * (255 - over[3]) / 255));
                }
            }
        });
    }

    private static int Centred(QrSquare place, int module, int length) => (place.From * module) + (((place.Side * module) - length) / 2);
}
