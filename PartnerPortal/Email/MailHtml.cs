using System.Net;
using System.Text;
using PartnerPortal.Shared;

namespace PartnerPortal.Email;

/// <summary>
/// A mail as HTML. Mail programs know no variables and little CSS: colours are written out on each element, from the light theme's tokens; only the
/// dark look and the full width on phones are a style sheet, for those that read one.
/// </summary>
internal static class MailHtml
{
    private const string Font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',Arial,sans-serif";
    private const string Code = "ui-monospace,'SF Mono','Cascadia Mono','Segoe UI Mono','Roboto Mono','Liberation Mono',monospace";

    private static string Styles(MailColors colors) => $$$"""
        @media (max-width:480px){.m-out{padding:0!important}.m-card{border-radius:0!important;border:0!important}.m-pad{padding:24px 20px 32px!important}.m-page{background:#ffffff!important}}
        @media (prefers-color-scheme:dark){.m-page{background:#0d1113!important}.m-card{background:#14191c!important;border-color:#262f34!important}
        .m-text{color:#e9eef0!important}.m-quiet{color:#b0bcc2!important}.m-box{background:#1a2124!important;border-color:#364248!important}
        .m-link{color:{{{colors.DarkLink}}}!important}.m-button{background:{{{colors.DarkButton}}}!important}.m-button a{color:{{{colors.DarkOnButton}}}!important}.m-line{border-color:#262f34!important}.m-logo{background:#ffffff!important;padding:6px!important;border-radius:6px!important}}
        @media (prefers-color-scheme:dark) and (max-width:480px){.m-page{background:#14191c!important}}
        """;

    public static string Draw(MailContent content, MailBrand brand, string language, bool mask)
    {
        var direction = Languages.IsRightToLeft(language) ? "rtl" : "ltr";
        var colors = MailColors.Of(brand.Accent);
        var body = new StringBuilder();
        foreach (var block in content.Blocks)
        {
            Draw(body, block, colors, mask);
        }

        var head = brand.LogoUrl is { } logo
            ? $"""<img class="m-logo" src="{Encode(logo)}" alt="{Encode(brand.ProgramName)}" height="32" style="display:block;height:32px;border:0">"""
            : $"""<span class="m-text" style="font:600 18px/24px {Font};color:#12191c">{Encode(brand.ProgramName)}</span>""";
        var footer = brand.Footer.Length > 0 ? Encode(brand.Footer) + "<br>" : "";
        return $"""
            <!doctype html>
            <html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no">
            <title>{Encode(content.Subject)}</title><style>{Styles(colors)}</style></head>
            <body class="m-page" style="margin:0;padding:0;background:#f6f8f8">
            <div style="display:none;max-height:0;overflow:hidden">{Encode(content.Preheader)}</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="{direction}" class="m-page" style="background:#f6f8f8"><tr><td align="center" class="m-out" style="padding:32px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="m-card" style="max-width:560px;background:#ffffff;border:1px solid #e3e8ea;border-radius:10px"><tr><td class="m-pad" style="padding:32px 32px 28px;font:400 16px/24px {Font};text-align:{(direction == "rtl" ? "right" : "left")}">
            <div style="margin:0 0 24px">{head}</div>
            {body}
            <div class="m-line m-quiet" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #e3e8ea;font:400 14px/20px {Font};color:#5c6970">{footer}<a class="m-link" href="{Encode(brand.HomeUrl)}" style="color:{colors.Link}">{Encode(brand.ProgramName)}</a></div>
            </td></tr></table></td></tr></table></body></html>

            """;
    }

    private static void Draw(StringBuilder body, MailBlock block, MailColors colors, bool mask)
    {
        switch (block)
        {
            case MailText t:
                body.Append($"""<p class="m-text" style="margin:0 0 16px;font:400 16px/24px {Font};color:#12191c;overflow-wrap:anywhere">{Lines(t.Text)}</p>""");
                break;
            case MailSmall t:
                body.Append($"""<p class="m-quiet" style="margin:0 0 16px;font:400 14px/20px {Font};color:#46535a;overflow-wrap:anywhere">{Lines(t.Text)}</p>""");
                break;
            case MailQuietLink l:
                body.Append($"""<p class="m-quiet" style="margin:0 0 16px;font:400 14px/20px {Font};color:#46535a"><a class="m-link" href="{Encode(l.Url)}" style="color:{colors.Link}">{Encode(l.Text)}</a></p>""");
                break;
            case MailHeading h:
                body.Append($"""<h2 class="m-text" style="margin:28px 0 8px;font:600 16px/24px {Font};color:#12191c">{Encode(h.Text)}</h2>""");
                break;
            case MailButton b:
                // The cell is coloured too: some programs give a link no padding.
                var url = mask && b.IsSecret ? "#" : b.Url;
                body.Append($"""<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:24px 0 16px"><tr><td align="center" class="m-button" bgcolor="{colors.Button}" style="border-radius:6px;background:{colors.Button}"><a href="{Encode(url)}" style="display:block;padding:12px 16px;border-radius:6px;color:{colors.OnButton};font:600 16px/24px {Font};text-align:center;text-decoration:none">{Encode(b.Label)}</a></td></tr></table>""");
                break;
            case MailPicture p:
                body.Append($"""<p style="margin:0 0 16px"><img src="{MailPictures.Source(p)}" alt="{Encode(p.Alt)}" width="{p.Side}" height="{p.Side}" style="display:block;width:{p.Side}px;height:{p.Side}px;border:0;background:#ffffff"></p>""");
                break;
            case MailFacts f:
                body.Append("""<div class="m-box" style="margin:0 0 16px;padding:14px 16px 6px;border:1px solid #d0d8db;border-radius:8px;background:#f6f8f8">""");
                foreach (var fact in f.Facts)
                {
                    Draw(body, fact, colors, mask);
                }

                body.Append("</div>");
                break;
        }

        body.Append('\n');
    }

    private static void Draw(StringBuilder body, MailFact fact, MailColors colors, bool mask)
    {
        var shown = (mask && fact.IsSecret, fact.Url) switch
        {
            (true, _) => MailRenderer.Mask,
            // An address is read by its host; the link keeps all of it.
            (_, { } url) => $"""<a class="m-link" href="{Encode(url)}" style="color:{colors.Link}">{Encode(new Uri(url).Authority)}</a>""",
            _ => Encode(fact.Value),
        };
        var font = fact.IsCode ? $"600 16px/24px {Code}" : $"400 16px/24px {Font}";
        body.Append($"""<div class="m-quiet" style="font:400 13px/16px {Font};color:#5c6970">{Encode(fact.Label)}</div><div class="m-text" style="margin:2px 0 10px;font:{font};color:#12191c;overflow-wrap:anywhere"><bdi dir="ltr">{shown}</bdi></div>""");
    }

    private static string Lines(string text) => Encode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
