using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Webhooks;

namespace PartnerPortal.Features.Automations;

/// <summary>Looks whether what a definition names is there.</summary>
internal static class AutomationReferences
{
    public static async Task<IReadOnlyList<AutomationFieldWrong>> CheckAsync(PortalDbContext db, AutomationDefinition definition, CancellationToken ct)
    {
        var wrong = new List<AutomationFieldWrong>();
        var groups = (await db.PartnerGroups.Select(g => g.Id).ToListAsync(ct)).ToHashSet();
        for (var i = 0; i < definition.Conditions.Count; i++)
        {
            var condition = definition.Conditions[i];
            if (condition.Kind is not (ConditionKind.Partner or ConditionKind.Group))
            {
                continue;
            }

            var ids = condition.Values.Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToList();
            var known = condition.Kind is ConditionKind.Group ? ids.Count(groups.Contains) : await db.Partners.CountAsync(p => ids.Contains(p.AccountId), ct);
            if (known < ids.Count)
            {
                wrong.Add(new AutomationFieldWrong($"Conditions[{i}].Values", AutomationProblem.Unknown));
            }
        }

        for (var i = 0; i < definition.Steps.Count; i++)
        {
            var step = definition.Steps[i];
            if (step.GroupId is { } group && !groups.Contains(group))
            {
                wrong.Add(new AutomationFieldWrong($"Steps[{i}].GroupId", AutomationProblem.Unknown));
            }

            if (step.TemplateId is { } template)
            {
                var occasion = await MailTemplateQueries.OccasionAsync(db, template, ct);
                if (occasion is not { } about || !MailFields.Fits(about, AutomationTriggers.OccasionOf(definition.Trigger, step.Target)))
                {
                    wrong.Add(new AutomationFieldWrong($"Steps[{i}].TemplateId", occasion is null ? AutomationProblem.Unknown : AutomationProblem.WrongOccasion));
                }
            }

            if (step.EndpointId is { } endpoint && !await db.WebhookEndpoints.AnyAsync(e => e.Id == endpoint && e.AccountId == null && e.State != WebhookState.Gone, ct))
            {
                wrong.Add(new AutomationFieldWrong($"Steps[{i}].EndpointId", AutomationProblem.Unknown));
            }
        }

        return wrong;
    }
}
