using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>
/// A partner says that a client is its own. It looks at nothing but the claimant's own claims, so row, mail and time are the same whether or not there is such a client; who is meant is
/// found later, by <see cref="TakeUpClaims"/>.
/// </summary>
public sealed class FileClaim(PortalDb portal, ClaimMails mails)
{
    /// <summary>Claims a day of one partner.</summary>
    public const int MostADay = 20;

    /// <returns>The claim's id.</returns>
    public async Task<Result<long>> ExecuteAsync(ClaimForm form, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, UserId: { } userId, IsActivePartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var client = ClaimedName.Read(form.Client);
        var words = form.Words.Trim();
        if ((client.Error ?? ClaimBook.Problem(words, form.Files)) is { } problem)
        {
            return problem;
        }

        await using var work = await portal.BeginAsync(ct);
        // Of the claimant's own; a claim has its own id under the same name.
        await work.LockAsync(PortalLock.Claim, -accountId, ct);
        var own = work.Db.ClientClaims.Where(c => c.ClaimantId == accountId);
        var key = client.Value.Key;
        if (await ClaimBook.Open(own).Where(c => c.Named == key).Select(c => (long?)c.Id).FirstOrDefaultAsync(ct) is { } open)
        {
            return new ClaimOpenAlready(open);
        }

        var since = work.Now.AddDays(-1);
        if (await own.CountAsync(c => c.FiledAt > since, ct) >= MostADay)
        {
            return new ClaimsTooMany(MostADay);
        }

        var claim = new ClientClaim(accountId, userId, client.Value, words, work.Now);
        work.Db.ClientClaims.Add(claim);
        work.Audit(actor, AuditActions.ClaimFiled, ("account", accountId), accountId, new { files = form.Files.Count });
        await work.SaveAsync(ct);
        ClaimBook.AddFiles(work, claim, ClaimSide.Claimant, accountId, form.Files);
        work.Signal(ClaimBook.ChangedSignal, FormattableString.Invariant($"{accountId}"));
        work.Signal(TakeUpClaims.Signal);
        await mails.FiledAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return claim.Id;
    }
}

/// <summary>The claimant takes its claim back. Its partner, if it was asked, is told.</summary>
public sealed class WithdrawClaim(PortalDb portal, ClaimMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long claimId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, claimId, ct) is not { } claim || claim.ClaimantId != accountId)
        {
            return new NotAllowed();
        }

        if (claim.Withdraw(work.Now) is { } problem)
        {
            return problem;
        }

        ClaimBook.Note(work, claim, AuditActions.ClaimWithdrawn, actor, accountId, null, accountId, claim.OtherId);
        await mails.WithdrawnAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
