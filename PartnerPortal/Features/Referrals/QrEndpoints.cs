using System.Text;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Referrals;

/// <summary><c>/qr/{code}.svg</c> and <c>/qr/{code}.png</c>: an account's own QR code as a file to print. Of another's code nothing is told.</summary>
public static class QrEndpoints
{
    private const int SmallestSide = 64;
    private const int LargestSide = 4096;

    public static Task<IResult> Svg(string code, HttpContext context, ActorSource actors, AccountQueries accounts, PublicUrl urls, QrLogoSource logos, CancellationToken ct) =>
        GiveAsync(code, context, actors, accounts, urls, logos, own => Results.File(Encoding.UTF8.GetBytes(own.ToSvg()), "image/svg+xml", $"qr-{code}.svg"), ct);

    /// <param name="size">Pixels across; the default prints sharp at 8 cm.</param>
    public static Task<IResult> Png(string code, int? size, HttpContext context, ActorSource actors, AccountQueries accounts, PublicUrl urls, QrLogoSource logos, CancellationToken ct) =>
        GiveAsync(code, context, actors, accounts, urls, logos, own => Results.File(own.ToPng(Math.Clamp(size ?? 1024, SmallestSide, LargestSide)), "image/png", $"qr-{code}.png"), ct);

    private static async Task<IResult> GiveAsync(
        string code, HttpContext context, ActorSource actors, AccountQueries accounts, PublicUrl urls, QrLogoSource logos, Func<QrCode, IResult> file, CancellationToken ct)
    {
        var own = await accounts.OwnAsync(await actors.GetAsync(context.User, ct), ct);
        if (own is null || own.Code != code)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        // The owner may give codes a logo, or another, at any time.
        context.Response.Headers.CacheControl = "private, no-cache";
        return file(QrCode.OfLink(urls, code, await logos.GetAsync(ct)));
    }
}
