using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Claims;

/// <summary>Reminds the other side a day before its time is over, once; deletes the files of claims that have been over for <see cref="ClientClaim.KeepFilesDays"/> days.</summary>
public sealed class TendClaims(PortalDb portal, ClaimMails mails, TimeProvider clock)
{
    private const int Batch = 100;

    /// <returns>How many claims were touched.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (soon, old) = (now.AddDays(1), now.AddDays(-ClientClaim.KeepFilesDays));
        List<long> due;
        await using (var db = await portal.ReadAsync(ct))
        {
            due = await db.ClientClaims
                .Where(c => (c.State == ClaimState.UnderReview && c.AnsweredAt == null && c.RemindedAt == null && c.AnswerDueAt <= soon && c.AnswerDueAt > now)
                    || (c.ClosedAt <= old && c.FilesDeletedAt == null && db.ClaimFiles.Any(f => f.ClaimId == c.Id)))
                .OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(ct);
        }

        var touched = 0;
        foreach (var id in due)
        {
            touched += await TendAsync(id, ct) ? 1 : 0;
        }

        return touched;
    }

    private async Task<bool> TendAsync(long id, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, id, ct) is not { } claim)
        {
            return false;
        }

        if (claim.ShallRemind(work.Now))
        {
            claim.Remind(work.Now);
            ClaimBook.Note(work, claim, AuditActions.ClaimReminded, Actor.System, claim.OtherId, null, claim.OtherId);
            await mails.RemindAsync(work, claim, ct);
        }
        else if (claim.FilesDeletedAt is null && claim.ClosedAt <= work.Now.AddDays(-ClientClaim.KeepFilesDays))
        {
            var files = await work.Db.ClaimFiles.Where(f => f.ClaimId == id).ExecuteDeleteAsync(ct);
            claim.ForgetFiles(work.Now);
            ClaimBook.Note(work, claim, AuditActions.ClaimFilesDeleted, Actor.System, claim.ClaimantId, new { files }, claim.ClaimantId, claim.OtherId);
        }
        else
        {
            return false;
        }

        await work.CommitAsync(ct);
        return true;
    }
}
