using System.Net.Mail;
using System.Net.Mime;
using System.Text.RegularExpressions;

namespace PartnerPortal.Email;

/// <summary>
/// Pictures in a mail. The outbox keeps one inside the HTML, so that it is drawn, shown to staff and erased with it; when the mail is sent it becomes a part of its own (RFC 2387), as mail
/// programs show no picture that stands in an address.
/// </summary>
internal static partial class MailPictures
{
    private const string Begins = "data:image/png;base64,";

    public static string Source(MailPicture picture) => Begins + Convert.ToBase64String(picture.Png);

    /// <returns>The HTML that names the parts, and the parts.</returns>
    public static (string Html, IReadOnlyList<LinkedResource> Parts) TakeOut(string html)
    {
        var parts = new List<LinkedResource>();
        var named = Source().Replace(html, found =>
        {
            var part = new LinkedResource(new MemoryStream(Convert.FromBase64String(found.Groups[1].Value)), MediaTypeNames.Image.Png)
            {
                ContentId = $"picture{parts.Count + 1}@portal",
                TransferEncoding = TransferEncoding.Base64,
            };
            parts.Add(part);
            return $"src=\"cid:{part.ContentId}\"";
        });
        return (named, parts);
    }

    [GeneratedRegex("src=\"" + Begins + "([A-Za-z0-9+/=]+)\"")]
    private static partial Regex Source();
}
