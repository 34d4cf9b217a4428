using PartnerPortal.Shared;

namespace PartnerPortal.Email;

/// <summary>
/// What a mail says, before it is drawn: one column, one button at most, then what else is needed. Drawn twice, as HTML and as plain text with the same words.
/// All texts are in the reader's language already.
/// </summary>
/// <param name="Subject">Says it all by itself.</param>
/// <param name="Preheader">What a mail program shows after the subject.</param>
/// <param name="Blocks">From top to bottom.</param>
public sealed record MailContent(string Subject, string Preheader, IReadOnlyList<MailBlock> Blocks);

public abstract record MailBlock;

/// <summary>A paragraph of running text.</summary>
public sealed record MailText(string Text) : MailBlock;

/// <summary>A paragraph in smaller, quieter text.</summary>
/// <param name="Text">What it says.</param>
/// <param name="HtmlOnly">It is about the button, whose line in the plain text says the same.</param>
public sealed record MailSmall(string Text, bool HtmlOnly = false) : MailBlock;

/// <summary>A quiet line that leads somewhere: what it is in words, and where.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Url">Absolute.</param>
public sealed record MailQuietLink(string Text, string Url) : MailBlock;

public sealed record MailHeading(string Text) : MailBlock;

/// <summary>The one thing to do.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="Url">Absolute.</param>
/// <param name="TextIntro">The line above the address in the plain text.</param>
/// <param name="IsSecret">The address opens something by itself: it is masked wherever staff read the mail.</param>
public sealed record MailButton(string Label, string Url, string TextIntro, bool IsSecret = false) : MailBlock;

/// <summary>Label and value pairs in a box: an address, a login, a one-time password.</summary>
public sealed record MailFacts(IReadOnlyList<MailFact> Facts) : MailBlock;

/// <param name="IsCode">In a fixed-width face, to be read out.</param>
/// <param name="IsSecret">Masked wherever staff read the mail.</param>
/// <param name="Url">Where the value leads; null when it is no link.</param>
public sealed record MailFact(string Label, string Value, bool IsCode = false, bool IsSecret = false, string? Url = null);

/// <summary>A picture that is part of the mail, on white whatever the reader's theme.</summary>
/// <param name="Png">The file; twice as many pixels as are shown.</param>
/// <param name="Alt">What it shows, for those who do not see it; the plain text goes without the picture.</param>
/// <param name="Side">How wide and high it is shown, in pixels.</param>
public sealed record MailPicture(byte[] Png, string Alt, int Side) : MailBlock;

/// <summary>Who writes: what the head and the foot of a mail show.</summary>
/// <param name="ProgramName">The program's name.</param>
/// <param name="HomeUrl">Absolute.</param>
/// <param name="LogoUrl">Absolute; null when the program has no logo.</param>
/// <param name="Footer">Firm and town; may be empty.</param>
/// <param name="Accent">The program's own colours; null for the product's.</param>
public sealed record MailBrand(string ProgramName, string HomeUrl, string? LogoUrl, string Footer, AccentPalette? Accent = null);

/// <summary>The accent's tones that a mail shows, as <c>#rrggbb</c>; the dark ones in programs that follow the reader's theme.</summary>
public sealed record MailColors(string Button, string OnButton, string Link, string DarkButton, string DarkOnButton, string DarkLink)
{
    /// <summary>The product's own, as in <c>tokens.css</c>.</summary>
    private static readonly MailColors Own = new("#0d5f73", "#ffffff", "#0b596c", "#14758c", "#ffffff", "#6cc0d3");

    public static MailColors Of(AccentPalette? accent) => accent is null ? Own : new(
        accent.Light.Fill.ToString(), accent.Light.OnFill.ToString(), accent.Light.Text.ToString(),
        accent.Dark.Fill.ToString(), accent.Dark.OnFill.ToString(), accent.Dark.Text.ToString());
}
