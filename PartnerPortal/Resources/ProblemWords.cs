using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Resources;

/// <summary>Says in words what is wrong with a typed address or number; the same on every form.</summary>
public static class ProblemWords
{
    public static string Describe(this IStringLocalizer<SharedText> text, EmailProblem problem) => text["Email." + problem.Kind, problem.Detail ?? ""];

    public static string Describe(this IStringLocalizer<SharedText> text, PhoneProblem problem) => text["Phone." + problem];
}
