using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A subject and a body as typed.</summary>
public sealed record TypedText(string Subject, string Body)
{
    public static readonly TypedText Empty = new("", "");

    public bool IsEmpty => string.IsNullOrWhiteSpace(Subject) && string.IsNullOrWhiteSpace(Body);
}

/// <summary>A template as typed.</summary>
/// <param name="Texts">By language; an empty one is not written.</param>
/// <param name="Version">Of the template when the form was opened; 0 for a new one.</param>
public sealed record TemplateForm(string Name, MailOccasion Occasion, bool IsNeeded, IReadOnlyDictionary<string, TypedText> Texts, int Version = 0);

/// <summary>A template as it is kept: everything in it is right.</summary>
internal sealed record TemplateTerms(string Name, MailOccasion Occasion, bool IsNeeded, IReadOnlyDictionary<string, TypedText> Texts)
{
    /// <param name="form">As typed.</param>
    /// <param name="defaultLanguage">The program's.</param>
    public static Result<TemplateTerms> Of(TemplateForm form, string defaultLanguage)
    {
        var name = form.Name.Trim();
        if (name.Length is 0 or > MailTemplate.NameLength)
        {
            return name.Length == 0 ? new TemplateNameMissing() : new TemplateNameTooLong(MailTemplate.NameLength);
        }

        var texts = Written(form.Texts);
        if (texts.Count == 0 || !(texts.ContainsKey(defaultLanguage) || texts.ContainsKey(Languages.Default)))
        {
            return new TemplateLanguageMissing(defaultLanguage);
        }

        var problems = texts.SelectMany(t => Problems(t.Key, t.Value, form.Occasion)).ToList();
        return problems.Count > 0 ? new TemplateTextsWrong(problems) : new TemplateTerms(name, form.Occasion, form.IsNeeded, texts);
    }

    /// <summary>What is wrong in one language.</summary>
    internal static IReadOnlyList<TemplateProblem> Problems(string language, TypedText text, MailOccasion occasion) =>
    [
        .. OfLength(language, TemplatePart.Subject, text.Subject, MailTemplateText.SubjectLength),
        .. TemplateParser.Subject(text.Subject, occasion, language).Problems,
        .. OfLength(language, TemplatePart.Body, text.Body, MailTemplateText.BodyLength),
        .. TemplateParser.Body(text.Body, occasion, language).Problems,
    ];

    /// <summary>The languages that are written, in their order, with line breaks of one kind.</summary>
    internal static IReadOnlyDictionary<string, TypedText> Written(IReadOnlyDictionary<string, TypedText> texts) => Languages.All
        .Where(l => texts.TryGetValue(l, out var text) && !text.IsEmpty)
        .ToDictionary(l => l, l => new TypedText(texts[l].Subject.Trim(), texts[l].Body.ReplaceLineEndings("\n").Trim()));

    private static IEnumerable<TemplateProblem> OfLength(string language, TemplatePart part, string text, int limit)
    {
        if (text.Length == 0 || text.Length > limit)
        {
            yield return new TemplateProblem(language, part, text.Length == 0 ? TemplateFlaw.Missing : TemplateFlaw.TooLong);
        }
    }
}
