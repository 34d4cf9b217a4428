using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A No on the join form. It is remembered, ends the partner's open invitation, and changes nothing else.</summary>
public sealed class RefusePartner(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(string code, string? invitationToken, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new NotAllowed();
        }

        if (!actor.MayAdminister)
        {
            return new NotAdminOfAccount();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (!ReferralCode.TryParse(code, out var parsed)
            || await work.Db.Accounts.Where(a => a.Code == parsed.Value).Select(a => (long?)a.Id).FirstOrDefaultAsync(ct) is not { } partnerId)
        {
            return new UnknownPartner();
        }

        if (partnerId == clientId)
        {
            return new OwnCode();
        }

        if (await work.Db.JoinRefusals.FirstOrDefaultAsync(r => r.ClientId == clientId && r.PartnerId == partnerId, ct) is { } before)
        {
            before.Again(actor.UserId, work.Now);
        }
        else
        {
            work.Db.JoinRefusals.Add(new JoinRefusal(clientId, partnerId, actor.UserId, work.Now));
        }

        if (await JoinPartner.InvitationOfAsync(work, invitationToken, partnerId, clientId, actor, ct) is { } invitation)
        {
            invitation.Decline(clientId, work.Now);
            await InvitationOptOuts.AddAsync(work, partnerId, invitation.NormalizedEmail, ct);
            if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitation.Id, ct) is { } record)
            {
                record.Decline();
                record.Tell(ClientEventKind.Declined, work.Now);
                await ClientList.SignalAsync(work, record, ct);
            }
        }

        await work.Db.PendingReferrals.Where(p => p.ClientId == clientId && p.PartnerId == partnerId).ExecuteDeleteAsync(ct);
        work.Audit(actor, AuditActions.JoinRefused, ("account", clientId), clientId, new { partnerId });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
