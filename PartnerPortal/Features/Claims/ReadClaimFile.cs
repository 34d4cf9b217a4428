using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <param name="Name">As it is saved.</param>
/// <param name="ContentType">What it was found to be when it came.</param>
public sealed record ReadFile(string Name, string ContentType, byte[] Content);

/// <summary>
/// Hands a file out: to the account that put it there, for members who may manage clients, and to support, which leaves an entry. Never to the other side, nor to staff that belongs
/// to one of the accounts.
/// </summary>
public sealed class ReadClaimFile(PortalDb portal)
{
    public async Task<Result<ReadFile>> ExecuteAsync(long fileId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var found = await work.Db.ClaimFiles.Where(f => f.Id == fileId).Select(f => new { f.ClaimId, f.AccountId }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return new NotAllowed();
        }

        var isOwn = actor is { IsPartner: true, MaySell: true } && actor.AccountId == found.AccountId;
        if (!isOwn)
        {
            var claim = await work.Db.ClientClaims.FirstAsync(c => c.Id == found.ClaimId, ct);
            if (!actor.IsStaff || await ClaimBook.IsOfOwnAsync(work.Db, claim, actor, ct) || await OwnAccounts.InvolveAsync(work.Db, actor, [found.AccountId], ct))
            {
                return new NotAllowed();
            }

            work.Audit(actor, AuditActions.ClaimFileRead, ("claim", found.ClaimId), found.AccountId);
        }

        var file = await work.Db.ClaimFiles.Where(f => f.Id == fileId).Select(f => new ReadFile(f.Name, f.ContentType, f.Content)).FirstAsync(ct);
        await work.CommitAsync(ct);
        return file;
    }
}
