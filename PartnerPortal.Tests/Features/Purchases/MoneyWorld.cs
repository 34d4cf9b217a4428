using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Flags;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>Accounts that buy and earn, made and changed by the domain's own methods, at the portal's test clock.</summary>
public sealed class MoneyWorld(TestPortal portal)
{
    /// <summary>A machine of the program.</summary>
    public static readonly Actor Machine = new(null, "Shop", null, "", null) { MayPostMoney = true };

    public TestPortal Portal => portal;

    /// <summary>The portal's time: the test clock's, or the real one when it listens for a browser.</summary>
    private DateTime Now => portal.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Accounts that are active partners.</summary>
    public async Task<long[]> PartnersAsync(int count, long? groupId = null)
    {
        var ids = new List<long>();
        await WorkAsync(async work =>
        {
            for (var i = 0; i < count; i++)
            {
                var account = new Account(AccountKind.Person, $"Person {i}", ReferralCode.New().Value, "en", AccountState.Active, work.Now);
                work.Db.Accounts.Add(account);
                await work.SaveAsync(default);
                var partner = Partner.CreateIntegrator(account.Id, work.Now);
                if (groupId is not null)
                {
                    partner.MoveToGroup(groupId, work.Now);
                }

                work.Db.Partners.Add(partner);
                ids.Add(account.Id);
            }
        });
        return [.. ids];
    }

    public async Task<long> GroupAsync()
    {
        var group = new PartnerGroup(Guid.NewGuid().ToString("N"));
        await WorkAsync(work => Task.FromResult(work.Db.PartnerGroups.Add(group)));
        return group.Id;
    }

    /// <summary>Makes somebody a partner's client, whoever's it was.</summary>
    public Task AttributeAsync(long clientId, long partnerId) => WorkAsync(async work =>
    {
        if (await AttributionBook.OpenOfAsync(work.Db, clientId, default) is { } open)
        {
            await AttributionBook.EndAsync(work, open, AttributionEnd.Switched, Actor.System, default);
        }

        var client = await work.Db.Accounts.SingleAsync(a => a.Id == clientId);
        await AttributionBook.OpenAsync(work, client, partnerId, CameBy.Link, new Receipt(AttributionRule.Staff, [], Actor.System, null, null, work.Now), Actor.System, default);
    });

    /// <summary>Staff changes a sponsor; what would make a loop, or is so already, changes nothing.</summary>
    public Task SponsorAsync(long accountId, long? toId) => WorkAsync(async work =>
    {
        var account = await work.Db.Accounts.SingleAsync(a => a.Id == accountId);
        await SponsorTree.ChangeAsync(work, account, new SponsorDecision(toId, "as tested", null, 7), portal.Clock, default);
    });

    public Task LeaveAsync(long clientId) => WorkAsync(async work =>
    {
        if (await AttributionBook.OpenOfAsync(work.Db, clientId, default) is { } open)
        {
            await AttributionBook.EndAsync(work, open, AttributionEnd.Left, Actor.System, default);
        }
    });

    public Task StandAsync(long partnerId, bool active) => WorkAsync(async work =>
    {
        var partner = await work.Db.Partners.SingleAsync(p => p.AccountId == partnerId);
        _ = active ? partner.Reinstate(work.Now) : partner.Suspend("as tested", work.Now);
    });

    public Task MoveAsync(long partnerId, long? groupId) => WorkAsync(async work => (await work.Db.Partners.SingleAsync(p => p.AccountId == partnerId)).MoveToGroup(groupId, work.Now));

    /// <param name="rules">Of its first version, in force from now.</param>
    /// <param name="name">Null for one of no meaning.</param>
    public async Task<long> PlanAsync(PlanRules rules, string? name = null)
    {
        var plan = new CommissionPlan(name ?? Guid.NewGuid().ToString("N"), Now);
        await WorkAsync(work => Task.FromResult(work.Db.CommissionPlans.Add(plan)));
        await VersionAsync(plan.Id, rules);
        return plan.Id;
    }

    public Task VersionAsync(long planId, PlanRules rules) => WorkAsync(async work =>
        work.Db.PlanVersions.Add(new PlanVersion(planId, 1 + await work.Db.PlanVersions.CountAsync(v => v.PlanId == planId), rules, work.Now, work.Now)));

    public Task AssignAsync(PlanScope scope, long target, long? planId) => WorkAsync(work => Task.FromResult(work.Db.PlanAssignments.Add(new PlanAssignment(scope, target, planId, work.Now))));

    public Task<Result<Recorded>> BuyAsync(PurchaseRequest request) => portal.CallAsync<RecordPurchase, Result<Recorded>>(r => r.ExecuteAsync(request, Machine, default));

    public Task<Result<Recorded>> RefundAsync(RefundRequest request) => portal.CallAsync<RefundPurchase, Result<Recorded>>(r => r.ExecuteAsync(request, Machine, default));

    /// <summary>What an automation gives, in a transaction of its own.</summary>
    public async Task<Result<Recorded>> GrantAsync(BonusGrant grant)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var granted = await BonusBook.GrantAsync(work, grant, Actor.System, default);
        await work.CommitAsync(default);
        return granted.Ok ? new Recorded(granted.Value.Id, granted.Value.IsNew) : granted.Error!;
    }

    public Task<int> ReleaseAsync() => portal.CallAsync<ReleaseCommissions, int>(r => r.ExecuteAsync(default));

    /// <summary>What a client buys of a partner's is under review; what is available of it waits again.</summary>
    public async Task ReviewAsync(long clientId, long partnerId)
    {
        await WorkAsync(async work =>
        {
            var flag = new ReviewFlag(FlagKind.SelfReferral, partnerId, 1, work.Now);
            work.Db.ReviewFlags.Add(flag);
            await work.SaveAsync(default);
            work.Db.FlaggedClients.Add(new FlaggedClient(flag, clientId, FlagMatches.Email));
        });
        await FlaggedMoney.HoldAsync(portal.Services.GetRequiredService<PortalDb>(), default);
    }

    public Task ClearReviewsAsync(IReadOnlyCollection<long> clients) => WorkAsync(work => work.Db.FlaggedClients.Where(c => clients.Contains(c.ClientId)).ForEachAsync(c => c.Clear()));

    /// <summary>A purchase gives nobody anything.</summary>
    public Task VoidAsync(long purchaseId) => WorkAsync(async work =>
    {
        var purchase = await work.Db.Purchases.AsNoTracking().SingleAsync(p => p.Id == purchaseId);
        await work.LockAsync(PortalLock.ClientMoney, purchase.ClientId, default);
        var flag = new ReviewFlag(FlagKind.SelfReferral, purchase.ClientId, 1, work.Now);
        work.Db.ReviewFlags.Add(flag);
        await work.SaveAsync(default);
        await PurchaseReviews.VoidAsync(work, flag.Id, work.Db.Purchases.Where(p => p.Id == purchaseId), default);
    });

    /// <summary>A purchase now, of the "team" plan, without discount and tax.</summary>
    public PurchaseRequest Purchase(long clientId, string id, long amount = 8000, string currency = "EUR") =>
        new(PurchaseSources.Api, id, new ClientReference(AccountNumber.Offset + clientId, null, null), amount, 0, 0, currency, "team", Now);

    public RefundRequest Refund(string purchaseId, string id, long? amount, string currency = "EUR") =>
        new(PurchaseSources.Api, null, purchaseId, id, amount, currency, Now);

    /// <summary>What each account's wallet holds: pending and available, by currency, without zeros.</summary>
    public async Task<Dictionary<(long Owner, string Currency, LedgerAccount Account), long>> BalancesAsync(IReadOnlyCollection<long> owners) =>
        await portal.ReadAsync(db => db.LedgerEntries.Where(e => e.OwnerId != null && owners.Contains(e.OwnerId.Value))
            .GroupBy(e => new { e.OwnerId, e.Currency, e.Account }).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) }).Where(g => g.Sum != 0)
            .ToDictionaryAsync(g => (g.Key.OwnerId!.Value, g.Key.Currency, g.Key.Account), g => g.Sum));

    public async Task WorkAsync(Func<PortalTransaction, Task> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        work.Audit(Actor.System, AuditActions.AccountChanged, ("test", null));
        await change(work);
        await work.CommitAsync(default);
    }
}
