using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="Moves">The client becomes the claimant's; else the claim is closed and nothing moves.</param>
/// <param name="Reason">Support's words, which both sides read; on moving also the reason in the receipt.</param>
public sealed record ClaimDecision(bool Moves, string Reason);

/// <summary>Support decides a claim. Whoever belongs to one of the accounts does not; moving is <see cref="ReassignClients"/>, in the same transaction.</summary>
public sealed class DecideClaim(PortalDb portal, ReassignClients reassign, ClaimMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long claimId, ClaimDecision decision, Actor actor, CancellationToken ct)
    {
        if (actor is not { IsStaff: true, UserId: { } userId })
        {
            return new NotAllowed();
        }

        var reason = decision.Reason.Trim();
        if (reason.Length is 0 or > ClientClaim.ReasonLength)
        {
            return reason.Length == 0 ? new ReasonMissing() : new ReasonTooLong(ClientClaim.ReasonLength);
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, claimId, ct) is not { } claim)
        {
            return new NotAllowed();
        }

        if (await ClaimBook.IsOfOwnAsync(work.Db, claim, actor, ct))
        {
            return new OwnAccountInvolved();
        }

        var problem = decision.Moves ? await MoveAsync(work, claim, reason, userId, actor, ct) : claim.Close(reason, userId, work.Now);
        if (problem is not null)
        {
            return problem;
        }

        var action = decision.Moves ? AuditActions.ClaimMoved : AuditActions.ClaimClosed;
        ClaimBook.Note(work, claim, action, actor, claim.ClaimantId, new { clientId = claim.ClientId, partnerId = claim.OtherId, reason }, claim.ClaimantId, claim.OtherId);
        await mails.DecidedAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private async Task<Error?> MoveAsync(PortalTransaction work, ClientClaim claim, string reason, long userId, Actor actor, CancellationToken ct)
    {
        if (claim.Move(reason, userId, work.Now) is { } problem)
        {
            return problem;
        }

        // The client's lock, so that its partner is the one who is parted with.
        await work.LockAsync(PortalLock.Client, claim.ClientId!.Value, ct);
        if (await AttributionBook.OpenOfAsync(work.Db, claim.ClientId.Value, ct) is { } open && open.PartnerId != claim.OtherId && open.PartnerId != claim.ClaimantId)
        {
            return new ClaimOtherChanged();
        }

        return (await reassign.WithinAsync(work, new ReassignRequest([claim.ClientId.Value], claim.ClaimantId, reason, claim.Id), actor, ct)).Error;
    }
}
