using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Longer than a name is kept.</summary>
public sealed record NameTooLong : Error;

/// <summary>A person changes its name and language; its personal account, and what its partner sees of it, follow.</summary>
public sealed class ChangeProfile(PortalDb portal)
{
    public const int NameLength = 200;

    public async Task<Result<Done>> ExecuteAsync(string? name, string? language, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            return new NameMissing();
        }

        if (name.Trim().Length > NameLength)
        {
            return new NameTooLong();
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        user.FullName = name.Trim();
        user.Language = Languages.Nearest(language);
        foreach (var account in await PersonalAccounts.OfAsync(work, userId, ct))
        {
            account.ChangeContact(user.FullName, account.Email, account.Phone, account.Website);
            account.ChangeLanguage(user.Language);
            await ClientList.RefreshAsync(work, account, ct);
        }

        work.Audit(actor, AuditActions.UserChanged, ("user", userId), actor.AccountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
