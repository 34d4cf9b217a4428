using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Orders;

/// <summary>A plan as its readers see it.</summary>
/// <param name="Prices">Minor units by currency, before discount and without tax.</param>
/// <param name="ArchivedAt">UTC; null while it can be sold.</param>
public sealed record PlanRow(
    long Id, string Code, string Name, string Description, IReadOnlyDictionary<string, long> Prices, PlanPeriod Period, int TaxBasisPoints, bool IsShown, int Position, DateTime? ArchivedAt);

public sealed class PlanQueries(PortalDb portal)
{
    /// <summary>All, those on sale first; empty for anybody but an owner.</summary>
    public async Task<IReadOnlyList<PlanRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return Rows(await db.Plans.OrderBy(p => p.ArchivedAt != null).ThenBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct));
    }

    /// <summary>What anybody may buy, in the owner's order.</summary>
    public async Task<IReadOnlyList<PlanRow>> OnSaleAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return Rows(await db.Plans.Where(p => p.IsShown && p.ArchivedAt == null).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct));
    }

    /// <summary>Whether anything is on sale.</summary>
    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await db.Plans.AnyAsync(p => p.IsShown && p.ArchivedAt == null, ct);
    }

    private static IReadOnlyList<PlanRow> Rows(List<Plan> plans) =>
        [.. plans.Select(p => new PlanRow(p.Id, p.Code, p.Name, p.Description, p.Prices, p.Period, p.TaxBasisPoints, p.IsShown, p.Position, p.ArchivedAt))];
}
