using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>What an account says about itself, for itself and for who acts for it; the latter with a line in its diary.</summary>
public sealed class ClientProfileQueries(PortalDb portal, AccessDiary diary)
{
    /// <returns>Null when the actor may read no profile.</returns>
    public async Task<OwnAccount?> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (await diary.OpenAsync(actor, AccessScopes.ViewProfile, AuditActions.AccessProfileRead, ("account", actor.SeesProfileOf), null, ct) is not { } accountId)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await AccountQueries.About(db, accountId).FirstOrDefaultAsync(ct);
    }
}
