using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>How far a simulation is, in clients.</summary>
public sealed record SimulationProgress(int Done, int Of);

/// <summary>What a level got and would have got; minor units, less what refunds took back.</summary>
public sealed record SimulatedLevel(int Level, string Currency, long Did, long Would)
{
    public long Change => Would - Did;
}

/// <summary>The same of a partner over all levels.</summary>
public sealed record SimulatedPartner(long AccountId, string Name, string Currency, long Did, long Would)
{
    public long Change => Would - Did;
}

/// <summary>What other terms would have made of a plan's purchases.</summary>
/// <param name="Purchases">Those by the plan, of clients of partners that have it.</param>
/// <param name="Levels">By level, then currency.</param>
/// <param name="Gaining">Those that gain most in each currency, the most first.</param>
/// <param name="Losing">Those that lose most.</param>
public sealed record PlanSimulation(int Purchases, int Clients, IReadOnlyList<SimulatedLevel> Levels, IReadOnlyList<SimulatedPartner> Gaining, IReadOnlyList<SimulatedPartner> Losing);

/// <summary>
/// Reckons what the purchases of the last days would have earned, had a plan's terms been others: by the calculator that reckons real ones, and against the lines as they stand.
/// Discounts that were given stay as they were. Reads one client after the other, so that memory grows by the partners only, and writes nothing.
/// </summary>
public sealed class SimulatePlanVersion(PortalDb portal, TimeProvider clock)
{
    public const int Days = 90;

    /// <summary>Partners named in each direction and currency.</summary>
    public const int Named = 5;

    private const int Batch = 200;

    /// <param name="planId">Whose purchases.</param>
    /// <param name="form">The terms to try.</param>
    /// <param name="progress">Told after each client.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<PlanSimulation>> ExecuteAsync(long planId, PlanForm form, IProgress<SimulationProgress> progress, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        if (form.Read() is not { Rules: { } rules })
        {
            return form.Read().Problem!;
        }

        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var sums = new Sums(planId, since, rules);
        int of;
        await using (var db = await portal.ReadAsync(ct))
        {
            of = await ByPlan(db, planId, since).Select(p => p.ClientId).Distinct().CountAsync(ct);
        }

        var (done, after) = (0, 0L);
        while (true)
        {
            await using var db = await portal.ReadAsync(ct);
            var clients = await ByPlan(db, planId, since).Where(p => p.ClientId > after).Select(p => p.ClientId).Distinct().OrderBy(id => id).Take(Batch).ToListAsync(ct);
            if (clients.Count == 0)
            {
                return await sums.ResultAsync(db, done, ct);
            }

            foreach (var client in clients)
            {
                sums.Add(await ClientBook.LoadAsync(db, client, since, ct, rules));
                progress.Report(new SimulationProgress(++done, Math.Max(of, done)));
            }

            after = clients[^1];
        }
    }

    private static IQueryable<Purchase> ByPlan(PortalDbContext db, long planId, DateTime since) =>
        db.Purchases.Where(p => p.OccurredAt >= since && db.PlanVersions.Any(v => v.Id == p.PlanVersionId && v.PlanId == planId));

    private sealed class Sums(long planId, DateTime since, PlanRules rules)
    {
        private readonly Dictionary<(int Level, string Currency), (long Did, long Would)> _levels = [];
        private readonly Dictionary<(long PartnerId, string Currency), (long Did, long Would)> _partners = [];
        private int _purchases;

        public void Add(ClientBook book)
        {
            foreach (var target in book.Targets(version => version.PlanId == planId ? rules : version.Rules))
            {
                if (target.Version?.PlanId != planId || target.Purchase.OccurredAt < since)
                {
                    continue;
                }

                _purchases++;
                var currency = target.Purchase.Currency;
                foreach (var line in book.Lines[target.Purchase.Id])
                {
                    Add(line.Level, line.PartnerId, currency, line.Net, 0);
                }

                for (var i = 0; i < target.Shares.Count; i++)
                {
                    Add(target.Shares[i].Level, target.Shares[i].PartnerId, currency, 0, target.Shares[i].Amount - target.Reversed[i]);
                }
            }
        }

        public async Task<PlanSimulation> ResultAsync(PortalDbContext db, int clients, CancellationToken ct)
        {
            var changes = _partners.Where(p => p.Value.Did != p.Value.Would).ToLookup(p => p.Key.Currency);
            var gaining = changes.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => c.Where(p => p.Value.Would > p.Value.Did)
                .OrderByDescending(p => p.Value.Would - p.Value.Did).ThenBy(p => p.Key.PartnerId).Take(Named)).ToList();
            var losing = changes.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => c.Where(p => p.Value.Would < p.Value.Did)
                .OrderBy(p => p.Value.Would - p.Value.Did).ThenBy(p => p.Key.PartnerId).Take(Named)).ToList();
            var ids = gaining.Concat(losing).Select(p => p.Key.PartnerId).ToList();
            var names = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
            return new PlanSimulation(
                _purchases, clients,
                [.. _levels.OrderBy(l => l.Key.Level).ThenBy(l => l.Key.Currency, StringComparer.Ordinal).Select(l => new SimulatedLevel(l.Key.Level, l.Key.Currency, l.Value.Did, l.Value.Would))],
                Write(gaining), Write(losing));

            List<SimulatedPartner> Write(List<KeyValuePair<(long PartnerId, string Currency), (long Did, long Would)>> partners) =>
                partners.ConvertAll(p => new SimulatedPartner(p.Key.PartnerId, names.GetValueOrDefault(p.Key.PartnerId, ""), p.Key.Currency, p.Value.Did, p.Value.Would));
        }

        private void Add(int level, long partnerId, string currency, long did, long would)
        {
            if (did == 0 && would == 0)
            {
                return;
            }

            var byLevel = _levels.GetValueOrDefault((level, currency));
            _levels[(level, currency)] = (byLevel.Did + did, byLevel.Would + would);
            var byPartner = _partners.GetValueOrDefault((partnerId, currency));
            _partners[(partnerId, currency)] = (byPartner.Did + did, byPartner.Would + would);
        }
    }
}
