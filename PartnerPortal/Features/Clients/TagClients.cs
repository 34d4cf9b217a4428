using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <param name="Ids">The lines; those of others are passed over as if they were not there.</param>
/// <param name="Tag">As typed.</param>
/// <param name="Progress">Told how many lines were looked at so far.</param>
public sealed record ManyTagging(IReadOnlyCollection<long> Ids, string? Tag, IProgress<int>? Progress = null);

/// <param name="Tag">The spelling that the list uses.</param>
/// <param name="Changed">The lines that bear it now and did not before, or the other way round: to take the change back.</param>
/// <param name="Unchanged">How many were so already.</param>
/// <param name="Full">How many bear as many tags as a client can.</param>
public sealed record ManyTagged(string Tag, IReadOnlyList<long> Changed, int Unchanged, int Full);

/// <summary>A partner puts one tag on many clients: all in one transaction, an audit entry for each that changed.</summary>
public sealed class TagClients(PortalDb portal)
{
    public Task<Result<ManyTagged>> ExecuteAsync(ManyTagging request, Actor actor, CancellationToken ct) => ManyTags.ChangeAsync(portal, request, actor, adds: true, ct);
}

/// <summary>A partner takes one tag off many clients, likewise.</summary>
public sealed class UntagClients(PortalDb portal)
{
    public Task<Result<ManyTagged>> ExecuteAsync(ManyTagging request, Actor actor, CancellationToken ct) => ManyTags.ChangeAsync(portal, request, actor, adds: false, ct);
}

internal static class ManyTags
{
    public static async Task<Result<ManyTagged>> ChangeAsync(PortalDb portal, ManyTagging request, Actor actor, bool adds, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var tag = TagName.Tidy(request.Tag);
        if (TagName.Check(tag) is { } wrong)
        {
            return wrong;
        }

        if (request.Ids.Count > ManyClients.Limit)
        {
            return new TooManyClients(ManyClients.Limit);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        tag = await TagName.SpellingAsync(work, partnerId, tag, ct);
        var (changed, unchanged, full, done) = (new List<long>(), 0, 0, 0);
        foreach (var part in ManyClients.Parts(request.Ids))
        {
            foreach (var record in await work.Db.ClientRecords.Include(r => r.Tags).Where(r => r.PartnerId == partnerId && part.Contains(r.Id)).ToListAsync(ct))
            {
                if (adds && IsFull(record, tag))
                {
                    full++;
                }
                else if (adds ? record.AddTag(tag) : record.RemoveTag(tag))
                {
                    changed.Add(record.Id);
                    work.Audit(actor, AuditActions.ClientChanged, ("client", record.Id), partnerId, new { changed = "tags", many = true });
                }
                else
                {
                    unchanged++;
                }
            }

            await work.SaveAsync(ct);
            work.Db.ChangeTracker.Clear();
            request.Progress?.Report(done += part.Count);
        }

        if (changed.Count > 0)
        {
            // One signal for all: an open list looks itself up as a whole.
            work.Signal(ClientList.ChannelOf(partnerId));
            await work.CommitAsync(ct);
        }

        return new ManyTagged(tag, changed, unchanged, full);
    }

    private static bool IsFull(ClientRecord record, string tag) =>
        record.Tags.Count >= TagClient.MaxTags && !record.Tags.Any(t => string.Equals(t.Name, tag, StringComparison.OrdinalIgnoreCase));
}
