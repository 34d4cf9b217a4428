using System.Globalization;
using PartnerPortal.Email;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Program;

/// <summary>The settings as mail and pages need them.</summary>
public static class ProgramBrand
{
    /// <summary>Another after each change, so that nobody is shown an old one.</summary>
    public static string LogoUrl(ProgramSettings settings) => PortalUrls.WithQuery(PortalUrls.Logo, ("v", settings.Version.ToString(CultureInfo.InvariantCulture)));

    public static MailBrand ToMailBrand(this ProgramSettings settings, PublicUrl urls) => new(
        settings.Name,
        urls.Of(PortalUrls.Landing),
        settings.Logo is null ? null : urls.Of(LogoUrl(settings)),
        settings.Footer,
        BrandSheet.Of(settings)?.Palette);
}
