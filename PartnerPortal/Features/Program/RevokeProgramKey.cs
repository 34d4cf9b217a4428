using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>There is no such key among these, or it was revoked before.</summary>
public sealed record NoSuchKey : Error;

/// <summary>Who may make such keys makes one stop working, at the next request.</summary>
public sealed class RevokeProgramKey(PortalDb portal)
{
    /// <returns>The key's name.</returns>
    public async Task<Result<string>> ExecuteAsync(KeyHolder holder, long id, Actor actor, CancellationToken ct)
    {
        if (!KeyRules.MayHold(holder, actor))
        {
            return new NotAllowed();
        }

        var account = KeyRules.AccountOf(holder, actor);
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.ProgramKeys.FirstOrDefaultAsync(k => k.Id == id && k.AccountId == account, ct) is not { } key || !key.Revoke(work.Now))
        {
            return new NoSuchKey();
        }

        work.Audit(actor, AuditActions.ProgramKeyRevoked, ("program-key", id), account, new { name = key.Name });
        work.Signal(KnownKeys.ChangedSignal);
        await work.CommitAsync(ct);
        return key.Name;
    }
}
