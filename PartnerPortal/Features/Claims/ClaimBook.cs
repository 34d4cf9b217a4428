using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>What the steps of a claim have in common. The caller holds the claim's lock.</summary>
public static class ClaimBook
{
    /// <summary>Given when something about a claim changed that an account sees; the payload is its id. Staff's pages follow all.</summary>
    public const string ChangedSignal = "claims";

    /// <summary>Records a step, and tells the open pages of those who see it.</summary>
    public static void Note(PortalTransaction work, ClientClaim claim, string action, Actor actor, long? aboutId, object? details = null, params ReadOnlySpan<long?> seenBy)
    {
        work.Audit(actor, action, ("claim", claim.Id), aboutId, details);
        work.Signal(ChangedSignal);
        foreach (var account in seenBy)
        {
            if (account is { } id)
            {
                work.Signal(ChangedSignal, FormattableString.Invariant($"{id}"));
            }
        }
    }

    /// <summary>As <see cref="ClientClaim.IsOpen"/>.</summary>
    public static IQueryable<ClientClaim> Open(IQueryable<ClientClaim> claims) => claims.Where(c => c.State == ClaimState.Filed || c.State == ClaimState.UnderReview);

    /// <summary>Takes the claim's lock and reads it.</summary>
    public static async Task<ClientClaim?> TakeAsync(PortalTransaction work, long claimId, CancellationToken ct)
    {
        await work.LockAsync(PortalLock.Claim, claimId, ct);
        return await work.Db.ClientClaims.FirstOrDefaultAsync(c => c.Id == claimId, ct);
    }

    /// <summary>Whether the actor belongs to the claimant, the client or its partner.</summary>
    public static Task<bool> IsOfOwnAsync(PortalDbContext db, ClientClaim claim, Actor actor, CancellationToken ct) =>
        OwnAccounts.InvolveAsync(db, actor, [.. new[] { claim.ClaimantId, claim.ClientId, claim.OtherId }.OfType<long>()], ct);

    /// <summary>What is wrong with words and files; null when nothing is.</summary>
    public static Error? Problem(string words, IReadOnlyList<NewFile> files)
    {
        if (words.Length is 0 or > ClientClaim.WordsLength)
        {
            return words.Length == 0 ? new ClaimWordsMissing() : new ClaimWordsTooLong(ClientClaim.WordsLength);
        }

        if (files.Count > EvidenceFile.Most)
        {
            return new ClaimFilesTooMany(EvidenceFile.Most);
        }

        foreach (var file in files)
        {
            if (EvidenceFile.Check(file, out _) is { } problem)
            {
                return new ClaimFileWrong(EvidenceFile.CleanName(file.Name), problem);
            }
        }

        return null;
    }

    public static void AddFiles(PortalTransaction work, ClientClaim claim, ClaimSide side, long accountId, IReadOnlyList<NewFile> files)
    {
        foreach (var file in files)
        {
            EvidenceFile.Check(file, out var type);
            work.Db.ClaimFiles.Add(new ClaimFile(claim.Id, side, accountId, file, type, work.Now));
        }
    }

    /// <summary>The claim is about this client: its partner, if another, is told and has the program's days to answer.</summary>
    /// <returns>What is wrong; null when it stands.</returns>
    public static async Task<Error?> NameAsync(PortalTransaction work, ClientClaim claim, long clientId, ProgramSettings settings, Actor actor, CancellationToken ct)
    {
        if (await Open(work.Db.ClientClaims).Where(c => c.ClaimantId == claim.ClaimantId && c.ClientId == clientId && c.Id != claim.Id)
            .Select(c => (long?)c.Id).FirstOrDefaultAsync(ct) is { } twin)
        {
            return new ClaimTwin(twin);
        }

        var partner = (await AttributionBook.OpenOfAsync(work.Db, clientId, ct))?.PartnerId;
        if (claim.Name(clientId, partner, work.Now.AddDays(settings.ClaimAnswerDays), work.Now) is { } problem)
        {
            return problem;
        }

        Note(work, claim, AuditActions.ClaimNamed, actor, clientId, new { clientId, partnerId = claim.OtherId }, claim.OtherId);
        return null;
    }

    /// <summary>An account is closed: nothing is claimed for it any more.</summary>
    public static async Task WithdrawAllAsync(PortalTransaction work, long accountId, Actor actor, CancellationToken ct)
    {
        foreach (var claim in await Open(work.Db.ClientClaims).Where(c => c.ClaimantId == accountId).ToListAsync(ct))
        {
            claim.Withdraw(work.Now);
            Note(work, claim, AuditActions.ClaimWithdrawn, actor, accountId, null, claim.OtherId);
        }
    }
}
