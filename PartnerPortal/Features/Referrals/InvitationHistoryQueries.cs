using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>An invitation that an account got. Times are UTC, null while it did not happen.</summary>
public sealed record InvitationFact(
    long Id, long PartnerId, string PartnerName, InvitationKind Kind, InvitationState State, DateTime CreatedAt, DateTime? SentAt, DateTime? FollowedAt, DateTime? AnsweredAt);

/// <summary>Who invited an account, for staff.</summary>
public sealed class InvitationHistoryQueries(PortalDb portal)
{
    /// <summary>Invitations that the account answered, that it was made for, or that went to its address; newest first.</summary>
    public async Task<IReadOnlyList<InvitationFact>> OfAsync(long accountId, string? email, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        var address = EmailAddress.TryParse(email, out var parsed, out _) ? parsed.Normalized : null;
        await using var db = await portal.ReadAsync(ct);
        return await (
            from i in db.Invitations
            join p in db.Accounts on i.PartnerId equals p.Id
            where i.ClientId == accountId || (address != null && i.NormalizedEmail == address)
            orderby i.Id descending
            select new InvitationFact(i.Id, i.PartnerId, p.Name, i.Kind, i.State, i.CreatedAt, i.SentAt, i.FollowedAt, i.AnsweredAt)).ToListAsync(ct);
    }
}
