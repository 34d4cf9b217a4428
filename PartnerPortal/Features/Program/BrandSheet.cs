using System.Security.Cryptography;
using System.Text;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The style sheet that sets the program's own accent over the product's; see <c>tokens.css</c>.</summary>
public sealed class BrandSheet
{
    /// <summary>The one in use: it is asked for with every page and changes when the owner changes the colour.</summary>
    private static volatile BrandSheet? _latest;

    private readonly string _accent;

    private BrandSheet(string accent, Rgb color)
    {
        _accent = accent;
        Palette = AccentPalette.Of(color);
        Css = Encoding.ASCII.GetBytes($":root{{{Palette.ToDeclarations()}}}\n");
        Version = Convert.ToHexStringLower(SHA256.HashData(Css))[..16];
        Url = PortalUrls.WithQuery(PortalUrls.BrandSheet, ("v", Version));
    }

    public AccentPalette Palette { get; }

    public byte[] Css { get; }

    /// <summary>Another for other content, on every node the same.</summary>
    public string Version { get; }

    public string Url { get; }

    /// <returns>Null when the program has no colour of its own.</returns>
    public static BrandSheet? Of(ProgramSettings settings)
    {
        if (!Rgb.TryParse(settings.Accent, out var color))
        {
            return null;
        }

        return _latest is { } latest && latest._accent == settings.Accent ? latest : _latest = new BrandSheet(settings.Accent, color);
    }
}
