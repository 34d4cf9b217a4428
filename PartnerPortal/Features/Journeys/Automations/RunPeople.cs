using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Automations;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>Finds whom a step is for.</summary>
internal static class RunPeople
{
    /// <summary>The partner's account, or the client's; that of somebody who was created is made a moment after the run may have begun.</summary>
    public static async Task<long?> AccountAsync(PortalDbContext db, AutomationRun run, StepTarget target, CancellationToken ct) =>
        target is StepTarget.Partner ? run.PartnerId : run.ClientId ?? await db.Invitations.Where(i => i.Id == run.InvitationId).Select(i => i.ClientId).FirstOrDefaultAsync(ct);
}
