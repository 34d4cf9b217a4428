using Microsoft.Extensions.Localization;
using PartnerPortal.Email;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>What the fields of a template are for one reader, in its language.</summary>
/// <param name="Words">By the field's name; a field that is not in it the reader does not have.</param>
/// <param name="Qr">The picture of the referral link, as PNG.</param>
internal sealed record TemplateValues(IReadOnlyDictionary<string, string> Words, byte[] Qr);

/// <summary>Makes a mail of a template and values, in the language that is spoken. Of values nothing is read again: braces in a name are letters.</summary>
internal static class TemplateDrawing
{
    private const int SubjectLength = 250;
    private const int PreheaderLength = 140;
    private const int QrSide = 176;

    public static MailContent Draw(TypedText text, MailOccasion occasion, string language, TemplateValues values, IStringLocalizer<TemplatesText> words)
    {
        var blocks = new List<MailBlock>();
        var paragraph = new List<string?>();
        foreach (var line in TemplateParser.Body(text.Body, occasion, language).Lines)
        {
            if (line.Count > 0 && Alone(line) is not { })
            {
                paragraph.Add(Words(line, values));
                continue;
            }

            End(paragraph, blocks);
            if (Alone(line) is { } alone && Block(alone, values, words) is { } block)
            {
                Add(blocks, block);
            }
        }

        End(paragraph, blocks);
        var subject = OneLine(string.Concat(TemplateParser.Subject(text.Subject, occasion, language).Lines.Select(l => Words(l, values))));
        var first = blocks.OfType<MailText>().FirstOrDefault()?.Text ?? subject;
        return new MailContent(Short(subject, SubjectLength), Short(OneLine(first), PreheaderLength), blocks);
    }

    /// <returns>The one field of a line that stands as more than words; null for any other line.</returns>
    private static TemplatePiece? Alone(IReadOnlyList<TemplatePiece> line) =>
        line.Where(p => p.Field is not null || !string.IsNullOrWhiteSpace(p.Words)).ToList() is [{ Field.Kind: not MailFieldKind.Words } only] ? only : null;

    /// <returns>Null when a field in it has no value for this reader.</returns>
    private static string? Words(IReadOnlyList<TemplatePiece> line, TemplateValues values)
    {
        var found = line.Select(p => p.Field is null ? p.Words : values.Words.GetValueOrDefault(p.Field.Name)).ToList();
        return found.Contains(null) ? null : string.Concat(found);
    }

    /// <summary>A paragraph of which something is missing is left out as a whole: half a sentence says nothing.</summary>
    private static void End(List<string?> paragraph, List<MailBlock> blocks)
    {
        if (paragraph.Count > 0 && !paragraph.Contains(null))
        {
            blocks.Add(new MailText(string.Join('\n', paragraph.Select(l => l!.Trim()))));
        }

        paragraph.Clear();
    }

    private static void Add(List<MailBlock> blocks, MailBlock block)
    {
        // What stands one below the other to be passed on is one box.
        if (block is MailFacts more && blocks is [.., MailFacts before])
        {
            blocks[^1] = new MailFacts([.. before.Facts, .. more.Facts]);
            return;
        }

        blocks.Add(block);
    }

    private static MailBlock? Block(TemplatePiece alone, TemplateValues values, IStringLocalizer<TemplatesText> words)
    {
        var field = alone.Field!;
        if (field.Kind is MailFieldKind.Picture)
        {
            return new MailPicture(values.Qr, words["Mail.Qr"], QrSide);
        }

        if (!values.Words.TryGetValue(field.Name, out var value))
        {
            return null;
        }

        return field.Kind is MailFieldKind.ToOpen ? Button(alone.Label ?? words["Button." + field.Name], value) : new MailFacts([new MailFact(words["Label." + field.Name], value, IsCode: true)]);
    }

    private static MailButton Button(string label, string url) => new(label, url, label + ":");

    /// <summary>A value comes from outside: no line break in it begins a header, no sign turns the line around.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Short(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..cut].TrimEnd() + "…";
    }
}
