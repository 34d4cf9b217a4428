using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Commissions;

/// <summary>A version of the terms by which a partner earns.</summary>
/// <param name="CountsFrom">UTC.</param>
/// <param name="AcceptedAt">UTC; null while nobody of the account accepted it.</param>
/// <param name="AcceptedBy">Who did, as it was called then.</param>
public sealed record AgreementTerms(long VersionId, string Plan, int Number, DateTime CountsFrom, PlanRules Rules, DateTime? AcceptedAt, string? AcceptedBy);

/// <summary>What a partner earns by now, and by what from a day on.</summary>
/// <param name="InForce">Null when no plan counts for it: it earns nothing, and there is nothing to accept.</param>
/// <param name="Next">The next version of the same plan; null when none is published.</param>
public sealed record Agreement(AgreementTerms? InForce, AgreementTerms? Next)
{
    /// <summary>Earnings are not paid out until somebody accepts.</summary>
    public bool IsDue => InForce is { AcceptedAt: null };
}

/// <summary>The agreement of a partner with the program.</summary>
public sealed class AgreementQueries(PortalDb portal, TimeProvider clock, IStringLocalizer<AgreementText> text)
{
    /// <summary>The actor's own; null unless it may see its account's money.</summary>
    public async Task<Agreement?> OwnAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await OfAsync(db, own, clock.GetUtcNow().UtcDateTime, ct);
    }

    /// <summary>Whether an account may be paid what it earned, as far as its agreement goes: null when it may, else why not, in a sentence for the reader.</summary>
    public async Task<string?> WhyNotPayableAsync(long accountId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await WhyNotPayableAsync(db, accountId, clock.GetUtcNow().UtcDateTime, ct);
    }

    /// <summary>The same within the transaction that is about to pay, so that what it answers still holds when that commits.</summary>
    public Task<string?> WhyNotPayableAsync(PortalTransaction work, long accountId, CancellationToken ct) => WhyNotPayableAsync(work.Db, accountId, work.Now, ct);

    /// <summary>What counts for a partner at a time, and what comes next.</summary>
    internal static async Task<Agreement> OfAsync(PortalDbContext db, long accountId, DateTime at, CancellationToken ct)
    {
        var facts = await PartnerFacts.LoadAsync(db, [accountId], ct);
        if (facts.PlanAt(accountId, at) is not { } version)
        {
            return new Agreement(null, null);
        }

        var next = facts.NextAfter(version.PlanId, at);
        var ids = new[] { version.Id, next?.Id ?? 0 };
        var accepted = await db.AgreementAcceptances.AsNoTracking().Where(a => a.AccountId == accountId && ids.Contains(a.PlanVersionId)).ToDictionaryAsync(a => a.PlanVersionId, ct);
        var plan = await db.CommissionPlans.Where(p => p.Id == version.PlanId).Select(p => p.Name).SingleAsync(ct);
        return new Agreement(Terms(version), next is null ? null : Terms(next));

        AgreementTerms Terms(PlanVersion v)
        {
            var yes = accepted.GetValueOrDefault(v.Id);
            return new AgreementTerms(v.Id, plan, v.Number, v.CountsFrom, v.Rules, yes?.At, yes?.UserName);
        }
    }

    private async Task<string?> WhyNotPayableAsync(PortalDbContext db, long accountId, DateTime at, CancellationToken ct) =>
        await OfAsync(db, accountId, at, ct) is { IsDue: true, InForce: { } terms } ? text["NotPayable", terms.Number, terms.Plan].Value : null;
}
