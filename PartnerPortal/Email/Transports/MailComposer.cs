using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace PartnerPortal.Email.Transports;

/// <summary>Makes the message that both transports send: text and HTML as alternatives, in UTF-8, with the headers of an automatic mail.</summary>
internal static class MailComposer
{
    /// <exception cref="MailNotSentException">An address is none; trying again will not help.</exception>
    public static MailMessage Compose(MailEnvelope mail)
    {
        var message = new MailMessage
        {
            From = Address(mail.FromName, mail.FromAddress),
            Subject = OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(Address(mail.ToName, mail.ToAddress));
        // The same at every attempt: a receiver that got it twice can tell.
        message.Headers.Add("Message-ID", $"<{OneLine(mail.MessageId)}@{AsciiDomain(message.From.Host)}>");
        message.Headers.Add("Content-Language", OneLine(mail.Language));
        // RFC 3834: holiday notices do not answer it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.UnsubscribeUrl is { } stop)
        {
            // RFC 8058: a mail program posts to the address when its reader says so, and needs no page.
            message.Headers.Add("List-Unsubscribe", $"<{OneLine(stop)}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        message.AlternateViews.Add(View(mail.Body.Text, MediaTypeNames.Text.Plain));
        var (html, pictures) = MailPictures.TakeOut(mail.Body.Html);
        var view = View(html, MediaTypeNames.Text.Html);
        foreach (var picture in pictures)
        {
            view.LinkedResources.Add(picture);
        }

        message.AlternateViews.Add(view);
        return message;
    }

    /// <summary>Raw UTF-8 headers (RFC 6532) only where the address cannot be written without.</summary>
    public static SmtpDeliveryFormat Format(MailEnvelope mail) =>
        Ascii.IsValid(mail.ToAddress.AsSpan(0, Math.Max(0, mail.ToAddress.LastIndexOf('@')))) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;

    /// <summary>A person's name comes from outside: no line break in it may begin a header of its own.</summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    private static MailAddress Address(string name, string address)
    {
        // "a@b.test, c@d.test" would be read as a name and an address.
        if (OneLine(address) != address || !MailAddress.TryCreate(address, OneLine(name), Encoding.UTF8, out var result) || result.Address != address)
        {
            throw new MailNotSentException("The address is not one that mail can be sent to.", isFinal: true);
        }

        return result;
    }

    private static string AsciiDomain(string domain) => new System.Globalization.IdnMapping().GetAscii(domain);

    private static AlternateView View(string body, string mediaType)
    {
        // RFC 2045: line breaks in text are CR LF.
        var text = body.ReplaceLineEndings("\r\n");
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
