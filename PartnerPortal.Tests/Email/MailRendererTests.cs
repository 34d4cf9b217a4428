using PartnerPortal.Email;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Email;

public sealed class MailRendererTests
{
    private static readonly string LongUrl = "https://partners.fernhill.test/start?code=" + new string('q', 200);

    private static MailContent Content => new("Subject", "Before", [
        new MailText("Hello <b>Priya</b>,"),
        new MailText(string.Join(' ', Enumerable.Repeat("wörter", 40))),
        new MailButton("Choose", LongUrl, "Choose here:", IsSecret: true),
        new MailSmall("The button works once.", HtmlOnly: true),
        new MailFacts([new MailFact("Address", "https://partners.fernhill.test/in", Url: "https://partners.fernhill.test/in"), new MailFact("Password", "k7q-m4x", IsCode: true, IsSecret: true)]),
    ]);

    [Fact]
    public void Render_PlainText_WrapsWordsAndKeepsAddressesWhole()
    {
        var text = MailRenderer.Render(Content, Mails.Brand, "en", maskSecrets: false).Text;

        Assert.Contains($"Choose here:\n{LongUrl}\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => !l.Contains("://", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 68));
        Assert.Contains("  Address   https://partners.fernhill.test/in\n  Password  k7q-m4x\n", text, StringComparison.Ordinal);
        Assert.Contains("Hello <b>Priya</b>,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("The button", text, StringComparison.Ordinal);
        Assert.EndsWith("-- \nFernhill Software, Aarhus\nFernhill Partners: https://partners.fernhill.test\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Html_EncodesWhatPeopleTypedAndReadsFromTheRightInArabic()
    {
        var html = MailRenderer.Render(Content, Mails.Brand, "ar", maskSecrets: false).Html;

        Assert.Contains("lang=\"ar\" dir=\"rtl\"", html, StringComparison.Ordinal);
        Assert.Contains("text-align:right", html, StringComparison.Ordinal);
        Assert.Contains("Hello &lt;b&gt;Priya&lt;/b&gt;,", html, StringComparison.Ordinal);
        Assert.Contains(">partners.fernhill.test</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AccentOfTheProgram_ColoursButtonAndLinksInBothThemes()
    {
        var accent = AccentPalette.Of(new Rgb(0xff, 0xe0, 0));
        var own = MailRenderer.Render(Content, Mails.Brand, "en", maskSecrets: false).Html;
        var html = MailRenderer.Render(Content, Mails.Brand with { Accent = accent }, "en", maskSecrets: false).Html;

        Assert.Contains("bgcolor=\"#0d5f73\"", own, StringComparison.Ordinal);
        Assert.Contains($"bgcolor=\"{accent.Light.Fill}\"", html, StringComparison.Ordinal);
        Assert.Contains($"border-radius:6px;color:{accent.Light.OnFill};", html, StringComparison.Ordinal);
        Assert.Contains($"style=\"color:{accent.Light.Text}\"", html, StringComparison.Ordinal);
        Assert.Contains($".m-button{{background:{accent.Dark.Fill}!important}}.m-button a{{color:{accent.Dark.OnFill}!important}}", html, StringComparison.Ordinal);
        Assert.All(new[] { "#0d5f73", "#0b596c", "#14758c", "#6cc0d3" }, colour => Assert.DoesNotContain(colour, html, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Masked_HidesSecretsInBothAndChangesNothingElse()
    {
        var full = MailRenderer.Render(Content, Mails.Brand, "en", maskSecrets: false);
        var masked = MailRenderer.Render(Content, Mails.Brand, "en", maskSecrets: true);

        Assert.DoesNotContain("k7q", masked.Text + masked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("qqqq", masked.Text + masked.Html, StringComparison.Ordinal);
        Assert.Equal(masked.Text, full.Text.Replace(LongUrl, MailRenderer.Mask, StringComparison.Ordinal).Replace("k7q-m4x", MailRenderer.Mask, StringComparison.Ordinal));
        var open = Content with { Blocks = [new MailText("Nothing to hide")] };
        Assert.Equal(MailRenderer.Render(open, Mails.Brand, "en", maskSecrets: false), MailRenderer.Render(open, Mails.Brand, "en", maskSecrets: true));
    }
}
