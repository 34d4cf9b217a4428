using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Email;

/// <summary>This message cannot be sent again so; <see cref="Way"/> says why, or how instead.</summary>
public sealed record CannotSendAgain(SendAgainWay Way) : Error;

/// <summary>Support sends a message without a secret once more, as a new one with the same words. Those of invitations go through the invitation.</summary>
public sealed class ResendMessage(PortalDb portal)
{
    /// <returns>The new message's id.</returns>
    public async Task<Result<long>> ExecuteAsync(long messageId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.OutboxMessages.FirstOrDefaultAsync(m => m.Id == messageId, ct) is not { } message)
        {
            return new NoSuchMessage();
        }

        if (SendAgainRule.Of(message) is not SendAgainWay.Copy and var way)
        {
            return new CannotSendAgain(way);
        }

        var copy = message.Copy(work.Now);
        work.Db.OutboxMessages.Add(copy);
        await work.SaveAsync(ct);
        work.Audit(actor, AuditActions.MailSentAgain, ("message", message.Id), message.AccountId, new { message.Kind, copy = copy.Id });
        work.Signal(Outbox.Signal);
        await work.CommitAsync(ct);
        return copy.Id;
    }
}
