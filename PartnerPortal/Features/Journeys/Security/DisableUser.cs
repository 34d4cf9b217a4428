using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>
/// Staff lets a person in no more: sessions end, open pages leave, mailed links and every way to sign in are refused. Accounts, clients and what was earned stay as they are, and so does
/// the person's password, for when it is enabled again.
/// </summary>
public sealed class DisableUser(PortalDb portal, IdentityMails mails)
{
    /// <param name="userId">Whom.</param>
    /// <param name="accountId">An account whose member it is; the audit entry is about it.</param>
    /// <param name="reason">Required; the person reads it.</param>
    /// <param name="actor">Of the staff; an owner when the person is of the staff too.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long userId, long accountId, string? reason, Actor actor, CancellationToken ct)
    {
        var given = PartnerDesk.Reason(reason);
        if (!given.Ok)
        {
            return given.Error!;
        }

        return await UserDesk.DecideAsync(() => DisableAsync(userId, accountId, given.Value, actor, ct));
    }

    private async Task<Result<Done>> DisableAsync(long userId, long accountId, string reason, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var taken = await UserDesk.TakeAsync(work, userId, accountId, actor, ct);
        if (!taken.Ok)
        {
            return taken.Error!;
        }

        var user = taken.Value;
        if (!user.Disable(reason, work.Now))
        {
            return new SignInDecidedBefore(IsDisabled: true);
        }

        foreach (var session in await work.Db.UserSessions.Where(s => s.UserId == userId && s.EndedAt == null).ToListAsync(ct))
        {
            session.End(work.Now);
        }

        work.Audit(actor, AuditActions.UserDisabled, ("user", userId), accountId, new { name = user.FullName, reason });
        await mails.DisabledAsync(work, user, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
