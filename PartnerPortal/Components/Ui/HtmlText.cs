using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PartnerPortal.Components.Ui;

/// <summary>For what is drawn as markup, not as elements: everything that comes from data or texts goes through it. Letters of all languages stay as they are.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);
}
