using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>There is no such key, or it was revoked before.</summary>
public sealed record NoSuchKey : Error;

/// <summary>The owner makes a key stop working, at the next request.</summary>
public sealed class RevokeProgramKey(PortalDb portal)
{
    /// <returns>The key's name.</returns>
    public async Task<Result<string>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.ProgramKeys.FirstOrDefaultAsync(k => k.Id == id, ct) is not { } key || !key.Revoke(work.Now))
        {
            return new NoSuchKey();
        }

        work.Audit(actor, AuditActions.ProgramKeyRevoked, ("program-key", id), null, new { name = key.Name });
        work.Signal(KnownKeys.ChangedSignal);
        await work.CommitAsync(ct);
        return key.Name;
    }
}
