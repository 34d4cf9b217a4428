namespace PartnerPortal.Email;

/// <summary>Draws a mail twice, as HTML and as plain text with the same words.</summary>
public static class MailRenderer
{
    /// <summary>Stands for a secret wherever staff read the mail.</summary>
    internal const string Mask = "••••••";

    /// <param name="content">What it says, in the reader's language.</param>
    /// <param name="brand">Head and foot.</param>
    /// <param name="language">IETF tag of the content.</param>
    /// <param name="maskSecrets">For staff; a mail without secrets comes out the same either way.</param>
    public static MailBody Render(MailContent content, MailBrand brand, string language, bool maskSecrets) =>
        new(MailPlainText.Draw(content, brand, maskSecrets), MailHtml.Draw(content, brand, language, maskSecrets));
}
