using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Which clients: those named, else all that a search finds, else all of a partner.</summary>
/// <param name="Closes">That partner is closed with it.</param>
public sealed record ReassignSelection(IReadOnlyList<long>? ClientIds, SearchQuery? Query, long? PartnerId, bool Closes = false)
{
    public static ReassignSelection Of(IReadOnlyList<long> ids) => new(ids, null, null);

    public static ReassignSelection Found(SearchQuery query) => new(null, query, null);

    public static ReassignSelection AllOf(long partnerId) => new(null, null, partnerId);

    public static ReassignSelection Closing(long partnerId) => new(null, null, partnerId, Closes: true);
}

/// <summary>Support chooses clients. The draft keeps them, so that what is looked at is what will be moved; nothing is done to them.</summary>
public sealed class DraftReassignment(PortalDb portal)
{
    /// <returns>The draft's id.</returns>
    public async Task<Result<long>> ExecuteAsync(ReassignSelection selection, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var closes = selection.Closes ? selection.PartnerId : null;
        if (closes is { } closing && await PartnerClosing.WhyNotAsync(work.Db, closing, actor, ct) is { } refusal)
        {
            return refusal;
        }

        var ids = await Chosen(work.Db, selection).OrderBy(id => id).Take(Reassignment.Most + 1).ToListAsync(ct);
        if (ids.Count == 0 && closes is null)
        {
            return new NobodyChosen();
        }

        if (ids.Count > Reassignment.Most)
        {
            return new TooManyChosen(Reassignment.Most);
        }

        var draft = new Reassignment(ids.Count, actor, work.Now, closes);
        work.Db.Reassignments.Add(draft);
        work.Audit(actor, AuditActions.ReassignmentDrafted, ("reassignment", null), closes, new { clients = ids.Count });
        await work.SaveAsync(ct);
        await work.InsertAsync(ids.ConvertAll(id => new ReassignedClient(draft.Id, id)), ct);
        await work.CommitAsync(ct);
        return draft.Id;
    }

    private static IQueryable<long> Chosen(PortalDbContext db, ReassignSelection selection) => selection switch
    {
        { ClientIds: { } ids } => db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => a.Id),
        { PartnerId: { } partner } => db.Attributions.Where(a => a.PartnerId == partner && a.EndedAt == null).Select(a => a.ClientId),
        { Query: { } query } => AccountSearchQueries.Matching(db.Accounts.Where(a => a.State != AccountState.Closed), query).Select(a => a.Id),
        _ => db.Accounts.Where(_ => false).Select(a => a.Id),
    };
}
