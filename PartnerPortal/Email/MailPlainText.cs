using System.Text;

namespace PartnerPortal.Email;

/// <summary>A mail as plain text: paragraphs wrapped between words, addresses on a line of their own and never broken.</summary>
internal static class MailPlainText
{
    /// <summary>Columns; leaves room for a reply's quotation marks below 72.</summary>
    private const int Width = 68;

    public static string Draw(MailContent content, MailBrand brand, bool mask)
    {
        var text = new StringBuilder();
        foreach (var block in content.Blocks)
        {
            switch (block)
            {
                case MailText t:
                    Wrap(text, t.Text).Append('\n');
                    break;
                case MailSmall { HtmlOnly: true }:
                    break;
                case MailSmall t:
                    Wrap(text, t.Text).Append('\n');
                    break;
                case MailQuietLink l:
                    Wrap(text, l.Text + ":").Append(l.Url).Append("\n\n");
                    break;
                case MailHeading h:
                    Wrap(text, h.Text).Append('\n');
                    break;
                case MailButton b:
                    Wrap(text, b.TextIntro).Append(mask && b.IsSecret ? MailRenderer.Mask : b.Url).Append("\n\n");
                    break;
                case MailPicture:
                    break;
                case MailFacts f:
                    Facts(text, f, mask).Append('\n');
                    break;
            }
        }

        // RFC 3676: what stands below this line is a signature, and mail programs treat it as one.
        text.Append("-- \n");
        if (brand.Footer.Length > 0)
        {
            Wrap(text, brand.Footer);
        }

        return text.Append(brand.ProgramName).Append(": ").Append(brand.HomeUrl).Append('\n').ToString();
    }

    private static StringBuilder Facts(StringBuilder text, MailFacts facts, bool mask)
    {
        var width = facts.Facts.Max(f => f.Label.Length) + 2;
        foreach (var fact in facts.Facts)
        {
            text.Append("  ").Append(fact.Label.PadRight(width)).Append(mask && fact.IsSecret ? MailRenderer.Mask : fact.Url ?? fact.Value).Append('\n');
        }

        return text;
    }

    private static StringBuilder Wrap(StringBuilder text, string paragraph)
    {
        foreach (var line in paragraph.Split('\n'))
        {
            var column = 0;
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (column > 0)
                {
                    var fits = column + 1 + word.Length <= Width;
                    text.Append(fits ? ' ' : '\n');
                    column = fits ? column + 1 : 0;
                }

                text.Append(word);
                column += word.Length;
            }

            text.Append('\n');
        }

        return text;
    }
}
