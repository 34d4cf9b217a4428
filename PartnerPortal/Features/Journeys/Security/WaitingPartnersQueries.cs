using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Whether a partner waits for a person's Yes or No: then the sign-in leads to the page that shows it.</summary>
public sealed class WaitingPartnersQueries(PortalDb portal, TimeProvider clock)
{
    public async Task<bool> AnyAsync(Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } accountId)
        {
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var email = EmailAddress.TryParse(actor.Email, out var address, out _) ? address.Normalized : "";
        await using var db = await portal.ReadAsync(ct);
        return await db.PendingReferrals.AnyAsync(p => p.UserId == actor.UserId, ct)
            || await db.Invitations.AnyAsync(i => (i.ClientId == accountId || i.NormalizedEmail == email) && i.PartnerId != accountId && i.AnsweredAt == null && i.ExpiresAt > now
                && (i.State == InvitationState.Sent || i.State == InvitationState.Followed), ct);
    }
}
