using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>The client's partner answers a claim, once, with words and files. A suspended partner is heard too. The claimant learns nothing of it.</summary>
public sealed class AnswerClaim(PortalDb portal, ClaimMails mails)
{
    /// <param name="claimId">The claim.</param>
    /// <param name="form">Words and files; the client is known.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long claimId, ClaimForm form, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, UserId: { } userId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var words = form.Words.Trim();
        if (ClaimBook.Problem(words, form.Files) is { } wrong)
        {
            return wrong;
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, claimId, ct) is not { } claim || claim.OtherId != accountId)
        {
            return new NotAllowed();
        }

        if (claim.AnswerWith(words, userId, work.Now) is { } problem)
        {
            return problem;
        }

        ClaimBook.AddFiles(work, claim, ClaimSide.Other, accountId, form.Files);
        ClaimBook.Note(work, claim, AuditActions.ClaimAnswered, actor, accountId, new { files = form.Files.Count }, accountId);
        await mails.AnsweredAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
