using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Flags;

/// <summary>Looks for what is remarkable, puts what was not looked at yet before support, and holds the money of it meanwhile. Nobody is told a verdict, and nothing is taken away.</summary>
public sealed class RaiseFlags(PortalDb portal, ProgramSettingsSource settings, PayeeVault vault, FlagMails mails, TimeProvider clock)
{
    /// <summary>Given when a flag was raised or decided.</summary>
    public const string Signal = "flags";

    /// <returns>How many flags were raised or grew.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        List<Suspicion> found;
        await using (var db = await portal.ReadAsync(ct))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            found = [.. await SelfReferrals.FindAsync(db, vault, now, ct), .. await Crowds.FindAsync(db, program, now, ct)];
        }

        var raised = 0;
        foreach (var suspicion in found)
        {
            raised += await RaiseAsync(suspicion, ct) ? 1 : 0;
        }

        await FlaggedMoney.HoldAsync(portal, ct);
        return raised;
    }

    private async Task<bool> RaiseAsync(Suspicion suspicion, CancellationToken ct)
    {
        var (kind, partner) = (suspicion.Kind, suspicion.PartnerId);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Flag, 0, ct);
        var known = await KnownAsync(work.Db, suspicion, ct);
        var fresh = suspicion.Clients.Where(c => !known.Contains(c.ClientId)).ToList();
        var last = kind is FlagKind.SelfReferral ? null : await work.Db.ReviewFlags.Where(f => f.PartnerId == partner && f.Kind == kind).OrderByDescending(f => f.Id).FirstOrDefaultAsync(ct);
        var open = last is { State: FlagState.Open } ? last : null;
        // Without clients only more of it than before is new.
        var isNew = suspicion.Clients.Count == 0 ? open is null && suspicion.Count >= (last?.Count ?? 0) + suspicion.Least : fresh.Count >= (open is null ? suspicion.Least : 1);
        if (!isNew)
        {
            return false;
        }

        var flag = open ?? new ReviewFlag(kind, partner, suspicion.Count, work.Now);
        if (open is null)
        {
            work.Db.ReviewFlags.Add(flag);
        }
        else
        {
            flag.Grow(fresh.Count);
        }

        work.Audit(Actor.System, AuditActions.FlagRaised, ("flag", open?.Id), partner, new { kind, clients = fresh.Count });
        await work.SaveAsync(ct);
        work.Db.FlaggedClients.AddRange(fresh.Select(c => new FlaggedClient(flag, c.ClientId, c.Matches)));
        if (open is null && await FlaggedMoney.IsThereAsync(work.Db, partner, fresh.ConvertAll(c => c.ClientId), ct))
        {
            await mails.RaisedAsync(work, flag, ct);
        }

        work.Signal(Signal);
        await work.CommitAsync(ct);
        return true;
    }

    /// <summary>Those that are looked at now, or were: what was cleared stays so unless there is something newer, what was voided until the client buys again.</summary>
    private static async Task<HashSet<long>> KnownAsync(PortalDbContext db, Suspicion suspicion, CancellationToken ct)
    {
        var (kind, partner, ids) = (suspicion.Kind, suspicion.PartnerId, suspicion.Clients.Select(c => c.ClientId).ToList());
        var newest = suspicion.Clients.ToDictionary(c => c.ClientId, c => c.NewestAt);
        var before = await (
            from c in db.FlaggedClients
            join f in db.ReviewFlags on c.FlagId equals f.Id
            where c.PartnerId == partner && c.Kind == kind && ids.Contains(c.ClientId)
            select new
            {
                c.ClientId,
                c.State,
                f.DecidedAt,
                HasBought = db.Purchases.Any(p => p.ClientId == c.ClientId && p.PartnerId == partner && p.ReceivedAt > f.DecidedAt),
            }).ToListAsync(ct);
        return
        [
            .. before.Where(b => b.DecidedAt is null || (b.State is FlaggedState.Voided ? !b.HasBought : newest[b.ClientId] is not { } at || at <= b.DecidedAt)).Select(b => b.ClientId),
        ];
    }
}
