using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>A signed-in person changes its password, or sets the first one when it came without. Other sessions end.</summary>
public sealed class ChangePassword(PortalDb portal, IdentityMails mails, UserManager<PortalUser> users)
{
    /// <param name="current">The present password; not looked at when there is none.</param>
    /// <param name="password">The new one.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string? current, string password, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        if (user.PasswordHash is not null && !PasswordRules.Fits(users, user, current))
        {
            return new WrongPassword();
        }

        if (await PasswordRules.BrokenAsync(users, user, password) is { Count: > 0 } broken)
        {
            return new PasswordRefused(broken);
        }

        PasswordRules.Set(users, user, password);
        work.Audit(actor, AuditActions.UserPasswordChanged, ("user", userId));
        await mails.ChangedAsync(work, user, SecurityChange.PasswordChanged, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
