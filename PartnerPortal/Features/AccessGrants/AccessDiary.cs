using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>
/// Lets data of a client be read by who acts for it, and never without a line in the client's access diary: the line is committed before anything is read. The diary is those
/// entries of the audit log that name a grant, so every change made while acting is in it by itself, in the transaction of the change. Of staff, who looks clients up for its work, each
/// record that it opens stands there, too.
/// </summary>
public sealed class AccessDiary(PortalDb portal)
{
    /// <summary>A page that is drawn, then live, then drawn again as something changed, was opened once.</summary>
    private static readonly TimeSpan OneOpening = TimeSpan.FromMinutes(1);

    /// <param name="actor">In its own account, or acting.</param>
    /// <param name="scope">What acting needs.</param>
    /// <param name="action">A name of <see cref="AuditActions"/>, for the line.</param>
    /// <param name="subject">What is read.</param>
    /// <param name="details">What the line tells besides.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The account whose data the actor may read now; null when there is none.</returns>
    public async Task<long?> OpenAsync(Actor actor, AccessScopes scope, string action, (string Kind, long? Id) subject, object? details, CancellationToken ct)
    {
        if (actor.Acting is not { } acting)
        {
            return actor.AccountId;
        }

        if (!acting.Allows(scope))
        {
            return null;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, acting.ClientId, ct);
        if (!await AccessGrantBook.HoldsAsync(work, actor, ct))
        {
            return null;
        }

        await NoteAsync(work, work.Db.AuditEntries.Where(e => e.GrantId == acting.GrantId), actor, action, subject, acting.ClientId, details, ct);
        return acting.ClientId;
    }

    /// <summary>Notes that staff opens an account's record at its own desk, which needs no grant.</summary>
    public async Task NoteRecordAsync(long accountId, Actor staff, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        await NoteAsync(work, work.Db.AuditEntries.Where(e => e.AccountId == accountId), staff, AuditActions.AccessRecordRead, ("account", accountId), accountId, null, ct);
    }

    /// <summary>Commits a line, unless there is one of the same opening.</summary>
    /// <param name="work">Holds the account's lock.</param>
    /// <param name="among">Where that one would stand.</param>
    /// <param name="actor">Who opens it.</param>
    /// <param name="action">For the line.</param>
    /// <param name="subject">What is opened.</param>
    /// <param name="accountId">In whose diary.</param>
    /// <param name="details">What the line tells besides.</param>
    /// <param name="ct">Cancels.</param>
    private static async Task NoteAsync(PortalTransaction work, IQueryable<AuditEntry> among, Actor actor, string action, (string Kind, long? Id) subject, long accountId, object? details, CancellationToken ct)
    {
        var since = work.Now - OneOpening;
        if (!await among.AnyAsync(e => e.ActorUserId == actor.UserId && e.Action == action && e.SubjectId == subject.Id && e.At > since, ct))
        {
            work.Audit(actor, action, subject, accountId, details);
            work.Signal(AccessGrantBook.ChangedSignal, FormattableString.Invariant($"{accountId}"));
            await work.CommitAsync(ct);
        }
    }
}
