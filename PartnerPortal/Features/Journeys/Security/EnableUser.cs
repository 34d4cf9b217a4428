using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Staff lets a disabled person in again, with the password and the second step it had. Its sessions and the links mailed before stay ended.</summary>
public sealed class EnableUser(PortalDb portal, IdentityMails mails)
{
    /// <param name="userId">Whom.</param>
    /// <param name="accountId">An account whose member it is; the audit entry is about it.</param>
    /// <param name="actor">Of the staff; an owner when the person is of the staff too.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Result<Done>> ExecuteAsync(long userId, long accountId, Actor actor, CancellationToken ct) =>
        UserDesk.DecideAsync(() => EnableAsync(userId, accountId, actor, ct));

    private async Task<Result<Done>> EnableAsync(long userId, long accountId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var taken = await UserDesk.TakeAsync(work, userId, accountId, actor, ct);
        if (!taken.Ok)
        {
            return taken.Error!;
        }

        var user = taken.Value;
        if (!user.Enable())
        {
            return new SignInDecidedBefore(IsDisabled: false);
        }

        work.Audit(actor, AuditActions.UserEnabled, ("user", userId), accountId, new { name = user.FullName });
        await mails.EnabledAsync(work, user, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
