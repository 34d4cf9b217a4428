using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>A claim in the list of either side. Times are UTC.</summary>
/// <param name="Id">Of the claim.</param>
/// <param name="Client">As the claimant typed it; for the other side, as that side sees the client.</param>
/// <param name="State">What became of it; see <see cref="ClaimState.UnderReview"/>.</param>
/// <param name="At">When it was filed; for the other side, when it was told.</param>
/// <param name="DueAt">For the other side: until when it may answer.</param>
/// <param name="AnsweredAt">For the other side.</param>
/// <param name="ClosedAt">Null while it is open.</param>
public sealed record ClaimRow(long Id, string Client, ClaimState State, DateTime At, DateTime? DueAt, DateTime? AnsweredAt, DateTime? ClosedAt);

/// <param name="Size">Bytes.</param>
public sealed record ClaimFileRow(long Id, ClaimSide Side, string Name, int Size, DateTime AddedAt);

/// <summary>A claim as one side reads it: its own words and files, and of the other side's nothing but the claim's words. Times are UTC.</summary>
/// <param name="Id">Of the claim.</param>
/// <param name="Side">As whom the actor reads.</param>
/// <param name="Client">See <see cref="ClaimRow"/>.</param>
/// <param name="State">Likewise.</param>
/// <param name="Words">The claimant's; for a side without the client's consent, with what names the client left out.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="FiledBy">For the claimant; empty when the person is gone.</param>
/// <param name="ReviewAt">When it was taken up.</param>
/// <param name="ToldAt">For the other side.</param>
/// <param name="DueAt">For the other side.</param>
/// <param name="RemindedAt">For the other side.</param>
/// <param name="Answer">The other side's own.</param>
/// <param name="AnsweredAt">For the other side.</param>
/// <param name="AnsweredBy">For the other side.</param>
/// <param name="Reason">Support's words.</param>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="FilesDeletedAt">Null while they are kept.</param>
/// <param name="Files">The reader's own.</param>
public sealed record ClaimView(
    long Id, ClaimSide Side, string Client, ClaimState State, string Words, DateTime FiledAt, string FiledBy, DateTime? ReviewAt, DateTime? ToldAt, DateTime? DueAt, DateTime? RemindedAt,
    string Answer, DateTime? AnsweredAt, string AnsweredBy, string Reason, DateTime? ClosedAt, DateTime? FilesDeletedAt, IReadOnlyList<ClaimFileRow> Files)
{
    public bool IsOpen => State is ClaimState.Filed or ClaimState.UnderReview;
}

/// <summary>Claims as the two sides see them.</summary>
public sealed class ClaimQueries(PortalDb portal)
{
    public const int PageSize = 30;

    /// <summary>The newest first; empty for who may not manage clients.</summary>
    public async Task<Page<ClaimRow>> PageAsync(ClaimSide side, string? cursor, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, IsPartner: true, MaySell: true })
        {
            return new Page<ClaimRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        if (side is ClaimSide.Claimant)
        {
            return await IdKeyset.NewestFirstAsync(
                db.ClientClaims.Where(c => c.ClaimantId == accountId), c => c.Id,
                rows => rows.Select(c => new ClaimRow(c.Id, c.Named, c.State, c.FiledAt, null, null, c.ClosedAt)), r => r.Id, cursor, PageSize, ct);
        }

        var page = await IdKeyset.NewestFirstAsync(
            db.ClientClaims.Where(c => c.OtherId == accountId), c => c.Id,
            rows => from c in rows
                    join a in db.Accounts on c.ClientId equals a.Id
                    select new
                    {
                        Row = new ClaimRow(c.Id, a.Name, c.State, c.ToldAt!.Value, c.AnswerDueAt, c.AnsweredAt, c.ClosedAt),
                        IsShown = db.Consents.Any(x => x.ClientId == c.ClientId && x.PartnerId == accountId && x.Kind == ConsentKind.Data && x.WithdrawnAt == null),
                    },
            r => r.Row.Id, cursor, PageSize, ct);
        return new Page<ClaimRow>([.. page.Items.Select(r => r.IsShown ? r.Row : r.Row with { Client = Initials.Of(r.Row.Client) })], page.Previous, page.Next);
    }

    /// <summary>How many claims of its clients wait for the actor's account to answer.</summary>
    public async Task<int> WaitingAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, IsPartner: true, MaySell: true })
        {
            return 0;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.ClientClaims.CountAsync(c => c.OtherId == accountId && c.State == ClaimState.UnderReview && c.AnsweredAt == null, ct);
    }

    /// <summary>Null when the actor's account is on neither side.</summary>
    public async Task<ClaimView?> OneAsync(long claimId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, IsPartner: true, MaySell: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var found = await (
            from c in db.ClientClaims
            where c.Id == claimId && (c.ClaimantId == accountId || c.OtherId == accountId)
            select new
            {
                Claim = c,
                FiledBy = db.Users.Where(u => u.Id == c.FiledByUserId).Select(u => u.FullName).FirstOrDefault(),
                AnsweredBy = db.Users.Where(u => u.Id == c.AnsweredByUserId).Select(u => u.FullName).FirstOrDefault(),
                Client = db.Accounts.Where(a => a.Id == c.ClientId).Select(a => new { a.Name, a.Email, a.Phone }).FirstOrDefault(),
                IsShown = db.Consents.Any(x => x.ClientId == c.ClientId && x.PartnerId == accountId && x.Kind == ConsentKind.Data && x.WithdrawnAt == null),
            }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var claim = found.Claim;
        var side = claim.ClaimantId == accountId ? ClaimSide.Claimant : ClaimSide.Other;
        var files = await db.ClaimFiles.Where(f => f.ClaimId == claimId && f.AccountId == accountId).OrderBy(f => f.Id).Select(f => new ClaimFileRow(f.Id, f.Side, f.Name, f.Size, f.AddedAt)).ToListAsync(ct);
        var view = new ClaimView(
            claim.Id, side, claim.Named, claim.State, claim.Words, claim.FiledAt, found.FiledBy ?? "", claim.ReviewAt, null, null, null, "", null, "", claim.Reason, claim.ClosedAt, claim.FilesDeletedAt, files);
        if (side is ClaimSide.Claimant || found.Client is not { } client)
        {
            return view;
        }

        return view with
        {
            Client = found.IsShown ? client.Name : Initials.Of(client.Name),
            Words = found.IsShown ? claim.Words : ClaimWordsMask.Without(claim.Words, [client.Name, client.Email, client.Phone, claim.Named]),
            FiledBy = "",
            ToldAt = claim.ToldAt,
            DueAt = claim.AnswerDueAt,
            RemindedAt = claim.RemindedAt,
            Answer = claim.Answer,
            AnsweredAt = claim.AnsweredAt,
            AnsweredBy = found.AnsweredBy ?? "",
        };
    }
}

/// <summary>Takes out of the claimant's words what names a client that does not share its details with the reader.</summary>
internal static class ClaimWordsMask
{
    private const string Gap = "…";

    public static string Without(string words, IReadOnlyList<string?> names)
    {
        // Whole names first, then their parts; a part of two letters is a word of its own too often.
        foreach (var name in names.OfType<string>().SelectMany(n => n.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(n)).Where(n => n.Length > 2).OrderByDescending(n => n.Length))
        {
            words = words.Replace(name, Gap, StringComparison.OrdinalIgnoreCase);
        }

        return words;
    }
}
