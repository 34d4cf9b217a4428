using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>The owner says which group clients who recommend come into, when the first comes by their link. Who recommends already stays where it is.</summary>
public sealed class ChooseReferrerGroup(PortalDb portal)
{
    /// <param name="groupId">Null for none.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long? groupId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var name = groupId is null ? null : await work.Db.PartnerGroups.Where(g => g.Id == groupId).Select(g => g.Name).SingleOrDefaultAsync(ct);
        if (groupId is not null && name is null)
        {
            return new NoSuchGroup();
        }

        // One statement, so that of two owners at once the later has its way and never two groups are chosen.
        await work.Db.PartnerGroups.ExecuteUpdateAsync(g => g.SetProperty(x => x.TakesReferrers, x => x.Id == groupId), ct);
        work.Audit(actor, AuditActions.ReferrerGroupChosen, ("partner-group", groupId), null, new { name });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
