using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace PartnerPortal.Email;

/// <summary>
/// Pictures in a mail. The outbox keeps one inside the HTML, so that it is drawn, shown to staff and erased with it; when the mail is sent it becomes a part of its own (RFC 2387), as mail
/// programs show no picture that stands in an address.
/// </summary>
internal static class MailPictures
{
    private const string Begins = "data:image/png;base64,";
    private const string Opens = "src=\"" + Begins;

    public static string Source(MailPicture picture) => Begins + Convert.ToBase64String(picture.Png);

    /// <returns>The HTML that names the parts, and the parts.</returns>
    public static (string Html, IReadOnlyList<LinkedResource> Parts) TakeOut(string html)
    {
        var parts = new List<LinkedResource>();
        var named = new StringBuilder(html.Length);
        var at = 0;
        while (html.IndexOf(Opens, at, StringComparison.Ordinal) is >= 0 and var open)
        {
            // What people typed is encoded and has no quotation marks: only a picture that was drawn here begins so, and it ends at the next mark.
            var from = open + Opens.Length;
            var to = html.IndexOf('"', from);
            var part = new LinkedResource(new MemoryStream(Convert.FromBase64String(html[from..to])), MediaTypeNames.Image.Png)
            {
                ContentId = string.Create(CultureInfo.InvariantCulture, $"picture{parts.Count + 1}@portal"),
                TransferEncoding = TransferEncoding.Base64,
            };
            parts.Add(part);
            named.Append(html, at, open - at).Append("src=\"cid:").Append(part.ContentId);
            at = to;
        }

        return (named.Append(html, at, html.Length - at).ToString(), parts);
    }
}
