using Microsoft.Extensions.Localization;

namespace PartnerPortal.Features.Commissions;

/// <summary>Says in words what is wrong with a plan.</summary>
internal static class PlanWords
{
    public static string Describe(this IStringLocalizer<CommissionsText> text, PlanProblem problem) => text["Problem." + problem];
}
