using System.Net;
using System.Text;

namespace PartnerPortal.Email;

/// <summary>
/// Draws a mail as HTML and as plain text. HTML in mail knows no variables and little CSS: colours are written out on each element,
/// and only the dark look, which some programs support, is a style sheet.
/// </summary>
public static class MailRenderer
{
    private const string Font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',Arial,sans-serif";
    private const string Code = "ui-monospace,'SF Mono','Cascadia Mono','Segoe UI Mono','Roboto Mono','Liberation Mono',monospace";
    private const string Mask = "••••••";
    private const int Width = 66;

    private const string Dark = """
        @media (prefers-color-scheme:dark){
        .m-page{background:#0d1113!important}.m-card{background:#14191c!important}
        .m-text{color:#e9eef0!important}.m-quiet{color:#b0bcc2!important}
        .m-box{background:#1a2124!important;border-color:#364248!important}
        .m-link{color:#6cc0d3!important}.m-line{border-color:#262f34!important}}
        """;

    public static MailBody Render(MailContent content, MailBrand brand, string language, bool maskSecrets) =>
        new(Text(content, brand, maskSecrets), Html(content, brand, language, maskSecrets));

    private static string Text(MailContent content, MailBrand brand, bool mask)
    {
        var text = new StringBuilder();
        foreach (var block in content.Blocks)
        {
            switch (block)
            {
                case MailText t:
                    Wrap(text, t.Text);
                    break;
                case MailSmall t:
                    Wrap(text, t.Text);
                    break;
                case MailHeading h:
                    Wrap(text, h.Text);
                    break;
                case MailButton b:
                    Wrap(text, b.TextIntro);
                    text.Append(mask && b.IsSecret ? Mask : b.Url).Append('\n');
                    break;
                case MailFacts f:
                    var width = f.Facts.Max(x => x.Label.Length) + 2;
                    foreach (var fact in f.Facts)
                    {
                        text.Append("  ").Append(fact.Label.PadRight(width)).Append(mask && fact.IsSecret ? Mask : fact.Url ?? fact.Value).Append('\n');
                    }

                    break;
            }

            text.Append('\n');
        }

        if (brand.Footer.Length > 0)
        {
            text.Append(brand.Footer).Append('\n');
        }

        text.Append(brand.HomeUrl).Append('\n');
        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string paragraph)
    {
        foreach (var line in paragraph.Split('\n'))
        {
            var column = 0;
            foreach (var word in line.Split(' '))
            {
                if (column > 0 && column + 1 + word.Length > Width)
                {
                    text.Append('\n');
                    column = 0;
                }
                else if (column > 0)
                {
                    text.Append(' ');
                    column++;
                }

                text.Append(word);
                column += word.Length;
            }

            text.Append('\n');
        }
    }

    private static string Html(MailContent content, MailBrand brand, string language, bool mask)
    {
        var direction = System.Globalization.CultureInfo.GetCultureInfo(language).TextInfo.IsRightToLeft ? "rtl" : "ltr";
        var body = new StringBuilder();
        foreach (var block in content.Blocks)
        {
            Block(body, block, mask);
        }

        var head = brand.LogoUrl is { } logo
            ? $"""<img src="{Encode(logo)}" alt="{Encode(brand.ProgramName)}" height="32" style="display:block;height:32px;border:0">"""
            : $"""<span class="m-text" style="font:600 16px/24px {Font};color:#12191c">{Encode(brand.ProgramName)}</span>""";
        var footer = brand.Footer.Length > 0 ? Encode(brand.Footer) + "<br>" : "";
        return $"""
            <!doctype html>
            <html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>{Encode(content.Subject)}</title><style>{Dark}</style></head>
            <body class="m-page" style="margin:0;padding:0;background:#f6f8f8">
            <div style="display:none;max-height:0;overflow:hidden">{Encode(content.Preheader)}</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="m-page" style="background:#f6f8f8"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="m-card" style="max-width:560px;background:#ffffff;border-radius:10px"><tr><td align="start" style="padding:28px 24px;font:400 16px/24px {Font}">
            <div style="margin:0 0 20px">{head}</div>
            {body}
            <div class="m-line m-quiet" style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #e3e8ea;font:400 14px/20px {Font};color:#5c6970">{footer}<a class="m-link" href="{Encode(brand.HomeUrl)}" style="color:#0b596c">{Encode(brand.ProgramName)}</a></div>
            </td></tr></table></td></tr></table></body></html>
            """;
    }

    private static void Block(StringBuilder body, MailBlock block, bool mask)
    {
        switch (block)
        {
            case MailText t:
                body.Append($"""<p class="m-text" style="margin:0 0 12px;font:400 16px/24px {Font};color:#12191c">{Lines(t.Text)}</p>""");
                break;
            case MailSmall t:
                body.Append($"""<p class="m-quiet" style="margin:0 0 12px;font:400 14px/20px {Font};color:#46535a">{Lines(t.Text)}</p>""");
                break;
            case MailHeading h:
                body.Append($"""<h2 class="m-text" style="margin:24px 0 8px;font:600 16px/24px {Font};color:#12191c">{Encode(h.Text)}</h2>""");
                break;
            case MailButton b:
                var url = mask && b.IsSecret ? "#" : b.Url;
                body.Append($"""<p style="margin:16px 0 12px"><a href="{Encode(url)}" style="display:block;padding:12px 16px;border-radius:6px;background:#0d5f73;color:#ffffff;font:600 16px/24px {Font};text-align:center;text-decoration:none">{Encode(b.Label)}</a></p>""");
                break;
            case MailFacts f:
                body.Append("""<div class="m-box" style="margin:0 0 12px;padding:12px 16px 4px;border:1px solid #d0d8db;border-radius:8px;background:#f6f8f8">""");
                foreach (var fact in f.Facts)
                {
                    Fact(body, fact, mask);
                }

                body.Append("</div>");
                break;
        }

        body.Append('\n');
    }

    private static void Fact(StringBuilder body, MailFact fact, bool mask)
    {
        var value = Encode(mask && fact.IsSecret ? Mask : fact.Value);
        if (fact.Url is { } url)
        {
            value = $"""<a class="m-link" href="{Encode(url)}" style="color:#0b596c">{value}</a>""";
        }

        var font = fact.IsCode ? $"600 16px/24px {Code}" : $"400 16px/24px {Font}";
        body.Append($"""<div class="m-quiet" style="font:400 12px/16px {Font};color:#5c6970">{Encode(fact.Label)}</div><div class="m-text" dir="ltr" style="margin:0 0 8px;font:{font};color:#12191c;overflow-wrap:anywhere">{value}</div>""");
    }

    private static string Lines(string text) => Encode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
