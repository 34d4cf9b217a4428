using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;
using PartnerPortal.Email.Transports;
using PartnerPortal.Features.Program;
using PartnerPortal.Startup;

namespace PartnerPortal.Email;

/// <summary>
/// Sends what is due, one message after the other: claims it, hands it to the transport outside any transaction, then marks it. Several may run at once, in
/// one process or in many on one database. A process that dies between sending and marking leaves the message held; when the hold has run out it is sent
/// again with the same Message-ID: at least once, never lost.
/// </summary>
public sealed class OutboxDispatcher(
    PortalDb portal, Outbox outbox, IMailTransport transport, ProgramSettingsSource settings, IOptions<MailOptions> options, TimeProvider clock, ILogger<OutboxDispatcher> logger)
{
    /// <summary>So many due messages are looked at for a free one; more than there are likely to be workers.</summary>
    private const int Choice = 16;

    /// <summary>What is being sent when the process stops has so long to end well.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Longer than an attempt can take, and the marking after it.</summary>
    private TimeSpan Hold => TimeSpan.FromSeconds(options.Value.TimeoutSeconds + 60);

    /// <summary>Until nothing is due.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var sent = 0;
        while (!ct.IsCancellationRequested && await ClaimAsync(ct) is { } claim)
        {
            sent += await SendAsync(claim, ct) ? 1 : 0;
        }

        return sent;
    }

    /// <summary>Takes one due message. The condition stands in the update itself, so that of several workers one gets it.</summary>
    private async Task<Claim?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var due = db.OutboxMessages.Where(m => m.State == OutboxState.Pending && m.NextAttemptAt <= now && (m.HeldUntil == null || m.HeldUntil < now));
            var ids = await due.OrderBy(m => m.NextAttemptAt).ThenBy(m => m.Id).Select(m => m.Id).Take(Choice).ToArrayAsync(ct);
            if (ids.Length == 0)
            {
                return null;
            }

            Random.Shared.Shuffle(ids);
            foreach (var id in ids)
            {
                var holder = Guid.NewGuid();
                var until = now + Hold;
                if (await due.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.HeldUntil, until).SetProperty(x => x.HeldBy, holder), ct) == 1)
                {
                    return new Claim(id, holder);
                }
            }
        }
    }

    private async Task<bool> SendAsync(Claim claim, CancellationToken ct)
    {
        try
        {
            if (await ComposeAsync(claim, ct) is not { } mail)
            {
                return false;
            }

            using var patience = new CancellationTokenSource();
            await using (ct.Register(() => patience.CancelAfter(Grace)))
            {
                await transport.SendAsync(mail, patience.Token);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await MarkAsync(claim, message => message.Release());
            return false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await FailAsync(claim, error);
            return false;
        }

        await MarkAsync(claim, message => message.Sent(clock.GetUtcNow().UtcDateTime));
        return true;
    }

    /// <returns>Null when it was cancelled since it was claimed.</returns>
    private async Task<MailEnvelope?> ComposeAsync(Claim claim, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (await db.OutboxMessages.FirstOrDefaultAsync(m => m.Id == claim.Id && m.HeldBy == claim.Holder && m.State == OutboxState.Pending, ct) is not { } message)
        {
            return null;
        }

        var program = await settings.GetAsync(ct);
        return new MailEnvelope(
            program.SenderName, program.SenderAddress, message.ToName, message.ToAddress, message.Subject, outbox.Open(message), message.Language, message.MessageId, message.CreatedAt, message.UnsubscribeUrl);
    }

    private async Task FailAsync(Claim claim, Exception error)
    {
        var (isFinal, words) = error switch
        {
            MailNotSentException refused => (refused.IsFinal, refused.Message),
            MailErasedException erased => (true, erased.Message),
            CryptographicException => (false, "The key that this message was sealed with is not there."),
            _ => (false, error.GetType().Name),
        };
        await MarkAsync(claim, message =>
        {
            var failed = message.Attempts + 1;
            message.Fail(words, isFinal ? null : RetrySchedule.Next(failed, clock.GetUtcNow().UtcDateTime, Random.Shared.NextDouble()));
            // A server's answer repeats addresses; it stands with the message, for support, and not in the log.
            logger.LogWarning("Message {Id} was not sent at attempt {Attempt} ({Error}); {State}", claim.Id, failed, (error.InnerException ?? error).GetType().Name, message.State);
        });
    }

    /// <summary>
    /// Notes what became of the message, if it is still held for this attempt and nobody cancelled it. Not cancelled with the process's
    /// stop: what was sent must not be forgotten.
    /// </summary>
    private async Task MarkAsync(Claim claim, Action<OutboxMessage> change)
    {
        await using var work = await portal.BeginAsync(CancellationToken.None);
        var held = work.Db.OutboxMessages.Where(m => m.Id == claim.Id && m.HeldBy == claim.Holder && m.State == OutboxState.Pending);
        // Writing first locks the row until the commit, on PostgreSQL too: nobody takes or cancels it between reading and saving.
        if (await held.ExecuteUpdateAsync(m => m.SetProperty(x => x.HeldBy, claim.Holder)) == 0)
        {
            return;
        }

        change(await work.Db.OutboxMessages.FirstAsync(m => m.Id == claim.Id));
        work.Signal(Outbox.ChangedSignal, claim.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await work.CommitAsync(CancellationToken.None);
    }

    /// <param name="Id">The message.</param>
    /// <param name="Holder">New at each claim, so that a worker whose hold ran out knows that it is another's now.</param>
    private sealed record Claim(long Id, Guid Holder);
}
