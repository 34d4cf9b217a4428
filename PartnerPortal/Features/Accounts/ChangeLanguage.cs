using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>A user picks the language of pages and mail.</summary>
public sealed class ChangeLanguage(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(string language, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        var chosen = Languages.Nearest(language);
        if (user.Language == chosen)
        {
            return Done.Value;
        }

        user.Language = chosen;
        // One's own language is no matter of a client's, for whom one may act just now.
        work.Audit(actor with { Acting = null }, AuditActions.UserChanged, ("user", userId), null, new { language = chosen });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
