using PartnerPortal.Email;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Program;

/// <summary>The settings as mail and pages need them.</summary>
public static class ProgramBrand
{
    public static MailBrand ToMailBrand(this ProgramSettings settings, PublicUrl urls) => new(
        settings.Name,
        urls.Of(PortalUrls.Landing),
        settings.Logo is null ? null : urls.Of(PortalUrls.WithQuery(PortalUrls.Logo, ("v", settings.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        settings.Footer);
}
