using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using PartnerPortal.Features.Program;

namespace PartnerPortal.Components.Layout;

/// <summary>The program's logo, or the portal's mark; no component, as <see cref="Ui.IconMarkup"/>.</summary>
public static class BrandMark
{
    private static readonly MarkupString Own = new(
        "<svg class=\"mark\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><rect width=\"24\" height=\"24\" rx=\"6\"/><path d=\"M8 18V9.5A3.5 3.5 0 0 1 11.5 6H16M8 12h6.5\"/></svg>");

    /// <param name="program">Null until it is known.</param>
    public static MarkupString Of(ProgramSettings? program) =>
        program?.Logo is null ? Own : new MarkupString($"<img class=\"mark\" src=\"{HtmlEncoder.Default.Encode(ProgramBrand.LogoUrl(program))}\" alt=\"\">");
}
