using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Email;

public sealed record NoSuchMessage : Error;

/// <summary>It is not failed (any more), or what was to be sent is erased.</summary>
public sealed record CannotRetry : Error;

/// <summary>Support has a message tried again that was given up: the same message, from the first attempt on.</summary>
public sealed class RetryMessage(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long messageId, Actor actor, CancellationToken ct)
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

        if (!message.Retry(work.Now))
        {
            return new CannotRetry();
        }

        work.Audit(actor, AuditActions.MailRetried, ("message", message.Id), message.AccountId, new { message.Kind });
        work.Signal(Outbox.Signal);
        work.Signal(Outbox.ChangedSignal, message.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
