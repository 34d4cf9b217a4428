using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Says in words what is wrong with a template.</summary>
internal static class TemplateWords
{
    /// <summary>"Line 3, from letter 7: {{client.nam}} is no field. Did you mean {{client.name}}?"</summary>
    public static string Describe(this IStringLocalizer<TemplatesText> text, TemplateProblem problem)
    {
        var limit = problem.Part is TemplatePart.Subject ? MailTemplateText.SubjectLength : MailTemplateText.BodyLength;
        var what = problem.Flaw switch
        {
            TemplateFlaw.Missing => text[$"Flaw.Missing.{problem.Part}"].Value,
            TemplateFlaw.TooLong => text["Flaw.TooLong", limit.ToString("N0", CultureInfo.CurrentCulture)].Value,
            _ => text[$"Flaw.{problem.Flaw}", problem.Typed].Value,
        };
        var sentence = problem.Meant is { } meant ? $"{what} {text["Flaw.Meant", meant].Value}" : what;
        return problem.Line == 0 ? sentence : problem.Part is TemplatePart.Subject ? text["Flaw.AtLetter", problem.Column, sentence] : text["Flaw.AtLine", problem.Line, problem.Column, sentence];
    }

    /// <summary>Those about one part of one language, in their order; null when there are none.</summary>
    public static IReadOnlyList<string> Describe(this IStringLocalizer<TemplatesText> text, Error? error, string language, TemplatePart part) => error is TemplateTextsWrong wrong
        ? [.. wrong.Problems.Where(p => p.Language == language && p.Part == part).Select(p => text.Describe(p))]
        : [];

    /// <summary>What concerns the whole; null for what stands next to a field.</summary>
    public static string? Describe(this IStringLocalizer<TemplatesText> text, Error? error) => error switch
    {
        TemplateLanguageMissing missing => text["Error.LanguageMissing", Languages.NameOf(missing.Language)].Value,
        TemplateTextsWrong wrong => text["Error.TextsWrong", string.Join(", ", wrong.Problems.Select(p => Languages.NameOf(p.Language)).Distinct())].Value,
        NoSuchTemplate => text["Error.Gone"].Value,
        TemplateChangedMeanwhile => text["Error.ChangedMeanwhile"].Value,
        TemplateInUse used => text["Error.InUse", string.Join(", ", used.By)].Value,
        NotAllowed => text["Error.NotAllowed"].Value,
        _ => null,
    };

    public static string? DescribeName(this IStringLocalizer<TemplatesText> text, Error? error) => error switch
    {
        TemplateNameMissing => text["Error.NameMissing"].Value,
        TemplateNameTooLong limit => text["Error.NameTooLong", limit.Limit].Value,
        TemplateNameTaken => text["Error.NameTaken"].Value,
        _ => null,
    };
}
