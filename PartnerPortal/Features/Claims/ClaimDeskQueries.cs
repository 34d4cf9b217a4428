using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>The parts of support's queue.</summary>
public enum ClaimQueue
{
    /// <summary>To decide: nobody is to be waited for.</summary>
    Ready,

    /// <summary>The other side may still answer.</summary>
    Waiting,

    /// <summary>Moved or closed.</summary>
    Decided,

    Withdrawn,
}

/// <summary>A claim in support's queue. Times are UTC.</summary>
/// <param name="Id">Of the claim.</param>
/// <param name="ClaimantId">Account.</param>
/// <param name="Claimant">Empty when the account was closed.</param>
/// <param name="Named">As the claimant typed it.</param>
/// <param name="ClientId">Null when nobody said who is meant.</param>
/// <param name="Client">Empty likewise.</param>
/// <param name="Other">The client's partner; null when none was asked.</param>
/// <param name="State">What became of it.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="DueAt">Until when the other side may answer; null without one.</param>
/// <param name="AnsweredAt">Null while it has not.</param>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="IsOwn">The reader belongs to one of the accounts: a colleague decides.</param>
public sealed record DeskClaimRow(
    long Id, long ClaimantId, string Claimant, string Named, long? ClientId, string Client, string? Other, ClaimState State, DateTime FiledAt, DateTime? DueAt, DateTime? AnsweredAt, DateTime? ClosedAt, bool IsOwn);

/// <summary>A claim with all of both sides. Where the reader belongs to one of the accounts, words and files are left out.</summary>
/// <param name="Row">As the queue shows it.</param>
/// <param name="OtherId">Account of the partner that was asked.</param>
/// <param name="PresentId">The client's partner now; null when it has none.</param>
/// <param name="Present">Its name.</param>
/// <param name="Words">The claimant's.</param>
/// <param name="Answer">The other side's.</param>
/// <param name="EarlierAnswer">Of partners that were asked before.</param>
/// <param name="Reason">Support's.</param>
/// <param name="Steps">What happened when and by whom, the newest first.</param>
/// <param name="Files">Of both sides.</param>
/// <param name="FilesDeletedAt">Null while they are kept.</param>
/// <param name="Candidates">Accounts that the claim may mean, while nobody said which.</param>
public sealed record DeskClaim(
    DeskClaimRow Row, long? OtherId, long? PresentId, string? Present, string Words, string Answer, string EarlierAnswer, string Reason, IReadOnlyList<ClaimStep> Steps, IReadOnlyList<ClaimFileRow> Files,
    DateTime? FilesDeletedAt, IReadOnlyList<ClaimedClient> Candidates)
{
    public bool IsOpen => Row.State is ClaimState.Filed or ClaimState.UnderReview;

    /// <summary>The client is another's than the partner's who was asked: that one is to be heard first.</summary>
    public bool HasOtherPartnerNow => IsOpen && PresentId is not null && PresentId != OtherId && PresentId != Row.ClaimantId;
}

/// <param name="Action">A name of <see cref="Audit.AuditActions"/>.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">UTC.</param>
public sealed record ClaimStep(string Action, string By, DateTime At);

/// <summary>All claims, for staff.</summary>
public sealed class ClaimDeskQueries(PortalDb portal, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>The newest first; empty for anybody but staff.</summary>
    public async Task<Page<DeskClaimRow>> PageAsync(ClaimQueue queue, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<DeskClaimRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(db.ClientClaims.Where(In(queue)), c => c.Id, rows => Rows(db, rows, actor), r => r.Id, cursor, PageSize, ct);
    }

    /// <summary>All that are meant by a text, in any state, the newest first; empty for anybody but staff.</summary>
    public async Task<Page<DeskClaimRow>> SearchAsync(string typed, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<DeskClaimRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(Meant(db, typed.Trim()), c => c.Id, rows => Rows(db, rows, actor), r => r.Id, cursor, PageSize, ct);
    }

    /// <summary>The newest of them. Empty for anybody but staff.</summary>
    public async Task<IReadOnlyList<DeskClaimRow>> FoundAsync(string typed, int most, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await Rows(db, Meant(db, typed).OrderByDescending(c => c.Id).Take(most), actor).ToListAsync(ct);
    }

    public async Task<IReadOnlyDictionary<ClaimQueue, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        var counts = new Dictionary<ClaimQueue, int>();
        if (actor.IsStaff)
        {
            await using var db = await portal.ReadAsync(ct);
            foreach (var queue in Enum.GetValues<ClaimQueue>())
            {
                counts[queue] = await db.ClientClaims.CountAsync(In(queue), ct);
            }
        }

        return counts;
    }

    /// <summary>Null when there is none, and for anybody but staff.</summary>
    public async Task<DeskClaim?> OneAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        if (await Rows(db, db.ClientClaims.Where(c => c.Id == id), actor).FirstOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var claim = await db.ClientClaims.FirstAsync(c => c.Id == id, ct);
        var present = await (
            from a in db.Attributions
            join p in db.Accounts on a.PartnerId equals p.Id
            where a.ClientId == row.ClientId && a.EndedAt == null
            select new { p.Id, p.Name }).FirstOrDefaultAsync(ct);
        var steps = await db.AuditEntries.Where(e => e.SubjectKind == "claim" && e.SubjectId == id && e.Action != Audit.AuditActions.ClaimFileRead).OrderByDescending(e => e.Id)
            .Select(e => new ClaimStep(e.Action, e.ActorName, e.At)).ToListAsync(ct);
        steps.Add(new ClaimStep(Audit.AuditActions.ClaimFiled, await db.Users.Where(u => u.Id == claim.FiledByUserId).Select(u => u.FullName).FirstOrDefaultAsync(ct) ?? "", claim.FiledAt));
        if (row.IsOwn)
        {
            return new DeskClaim(row, claim.OtherId, present?.Id, present?.Name, "", "", "", "", steps, [], claim.FilesDeletedAt, []);
        }

        var files = await db.ClaimFiles.Where(f => f.ClaimId == id).OrderBy(f => f.Id).Select(f => new ClaimFileRow(f.Id, f.Side, f.Name, f.Size, f.AddedAt)).ToListAsync(ct);
        var candidates = claim is { IsOpen: true, ClientId: null } ? await ClaimedClients.FindAsync(db, claim.Naming, claim.Named, claim.ClaimantId, ct) : [];
        return new DeskClaim(row, claim.OtherId, present?.Id, present?.Name, claim.Words, claim.Answer, claim.EarlierAnswer, claim.Reason, steps, files, claim.FilesDeletedAt, candidates);
    }

    /// <summary>By their number ("C-17"), what the claimant named, or one of the accounts.</summary>
    private static IQueryable<ClientClaim> Meant(PortalDbContext db, string typed)
    {
        if (ClaimNumber.TryRead(typed, out var id))
        {
            return db.ClientClaims.Where(c => c.Id == id);
        }

        var accounts = AccountSearchQueries.Matching(db.Accounts, SearchQuery.Parse(typed)).Select(a => a.Id);
        var named = SearchQuery.Pattern(SearchText.Fold(typed));
        return db.ClientClaims.Where(c => EF.Functions.Like(c.Named, named, "\\") || accounts.Contains(c.ClaimantId) || accounts.Contains(c.ClientId!.Value) || accounts.Contains(c.OtherId!.Value));
    }

    private static IQueryable<DeskClaimRow> Rows(PortalDbContext db, IQueryable<ClientClaim> claims, Actor actor) =>
        from c in claims
        join p in db.Accounts on c.ClaimantId equals p.Id
        select new DeskClaimRow(
            c.Id, c.ClaimantId, p.Name, c.Named, c.ClientId, db.Accounts.Where(a => a.Id == c.ClientId).Select(a => a.Name).FirstOrDefault() ?? "",
            db.Accounts.Where(a => a.Id == c.OtherId).Select(a => a.Name).FirstOrDefault(), c.State, c.FiledAt, c.AnswerDueAt, c.AnsweredAt, c.ClosedAt,
            db.Members.Any(m => m.UserId == actor.UserId && (m.AccountId == c.ClaimantId || m.AccountId == c.ClientId || m.AccountId == c.OtherId)));

    private Expression<Func<ClientClaim, bool>> In(ClaimQueue queue)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return queue switch
        {
            ClaimQueue.Ready => c => c.State == ClaimState.UnderReview && c.LookedUpAt != null && (c.AnswerDueAt == null || c.AnsweredAt != null || c.AnswerDueAt <= now),
            ClaimQueue.Waiting => c => c.State == ClaimState.Filed || (c.State == ClaimState.UnderReview && (c.LookedUpAt == null || (c.AnsweredAt == null && c.AnswerDueAt > now))),
            ClaimQueue.Decided => c => c.State == ClaimState.Moved || c.State == ClaimState.Closed,
            ClaimQueue.Withdrawn => c => c.State == ClaimState.Withdrawn,
        };
    }
}
