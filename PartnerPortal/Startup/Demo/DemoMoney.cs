using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup.Demo;

/// <summary>The demo's commission plan in two versions, and what the clients of its partners bought, with a refund here and there.</summary>
internal sealed class DemoMoney(PortalTransaction work, DemoWorld world, DemoHistory history)
{
    private const int PlanDaysAgo = 700;
    private const int HoldDays = 30;
    private static readonly (string Product, long Price)[] Products = [("team-yearly", 48_000), ("solo-yearly", 19_200), ("team-monthly", 4_900)];

    public async Task AddAsync(CancellationToken ct)
    {
        await PlanAsync(ct);
        AddPlans();
        var n = 0;
        foreach (var client in world.Db.Attributions.Local.OrderBy(a => a.StartedAt).GroupBy(a => a.ClientId).ToList())
        {
            n++;
            // Some have bought nothing yet; one who switched began with its second partner.
            if ((n % 5 != 0 || client.Count() > 1) && client.First().StartedAt < world.Now.AddDays(-4))
            {
                Buy(client.Key, n, [.. client]);
            }
        }
    }

    private async Task PlanAsync(CancellationToken ct)
    {
        var plan = new CommissionPlan("Standard", world.Ago(PlanDaysAgo));
        work.Db.CommissionPlans.Add(plan);
        await work.SaveAsync(ct);
        var first = new PlanRules
        {
            Levels = [LevelRate.Share(1000), LevelRate.Share(200)],
            Span = EarningSpan.Months,
            Months = 12,
            HoldDays = HoldDays,
            Discount = new ClientDiscount(1000, null),
            MaxPerPurchase = new Dictionary<string, long> { ["EUR"] = 10_000 },
        };
        work.Db.PlanVersions.Add(new PlanVersion(plan.Id, 1, first, world.Ago(PlanDaysAgo), world.Ago(PlanDaysAgo)));
        work.Db.PlanVersions.Add(new PlanVersion(plan.Id, 2, first with { Levels = [LevelRate.Share(1250), LevelRate.Share(300)] }, world.Ago(60), world.Ago(75)));
        work.Db.PlanAssignments.Add(new PlanAssignment(PlanScope.Program, 0, plan.Id, world.Ago(PlanDaysAgo)));
        await work.SaveAsync(ct);
    }

    /// <summary>What the demo's clients bought before, and can buy.</summary>
    private void AddPlans()
    {
        var position = 0;
        foreach (var (code, name, about, period) in new[]
        {
            ("team-yearly", "Team, a year", "Books, invoices and taxes for up to ten people. Two months are free.", PlanPeriod.Year),
            ("team-monthly", "Team, a month", "Books, invoices and taxes for up to ten people.", PlanPeriod.Month),
            ("solo-yearly", "Solo, a year", "Books and invoices for one.", PlanPeriod.Year),
        })
        {
            var price = Products.Single(p => p.Product == code).Price;
            var plan = new Plan(code, world.Ago(PlanDaysAgo));
            plan.Change(new SaleTerms(name, about, new Dictionary<string, long> { ["EUR"] = price, ["USD"] = price + (price / 10) }, period, 1900, true, position += 10), world.Ago(PlanDaysAgo));
            work.Db.Plans.Add(plan);
        }
    }

    /// <summary>What a client buys, and now and then gives back.</summary>
    private void Buy(long clientId, int n, Attribution[] attributions)
    {
        var (product, price) = Products[n % Products.Length];
        var step = product.EndsWith("monthly", StringComparison.Ordinal) ? 30 : 365;
        var at = (n % 5 == 0 ? attributions[^1] : attributions[0]).StartedAt.AddDays(2);
        for (var count = 1; at < world.Now && count <= 14; count++, at = at.AddDays(step))
        {
            // Here and there the last renewal is still to come, so that somebody is to be asked about it.
            if (n % 4 == 2 && count > 1 && at.AddDays(Math.Min(step, 25)) > world.Now)
            {
                break;
            }

            var (id, discount) = (FormattableString.Invariant($"INV-{2000 + n}-{count}"), count == 1 ? price / 10 : 0);
            var request = new PurchaseRequest(PurchaseSources.Api, id, new ClientReference(AccountNumber.Offset + clientId, null, null), price, discount, (price - discount) * 19 / 100, "EUR", product, at).Tidy();
            history.On(at, ct => BuyAsync(request, clientId, ct));
            history.On(at.AddDays(HoldDays), ct => ReleaseAsync(clientId, ct));
            if ((n + count) % 7 == 0)
            {
                var refund = new RefundRequest(PurchaseSources.Api, null, id, "R-" + id, (price - discount) / (n % 2 == 0 ? 4 : 1), "EUR", at.AddDays(5)).Tidy();
                history.On(refund.OccurredAt, ct => RefundAsync(refund, id, clientId, request.OccurredAt, ct));
            }
        }
    }

    private async Task BuyAsync(PurchaseRequest request, long clientId, CancellationToken ct)
    {
        work.Db.Purchases.Add(new Purchase(request, clientId, PaidTerm.After(request.Product.EndsWith("monthly", StringComparison.Ordinal) ? "Month" : "Year", request.OccurredAt), request.Hash(), work.Now));
        await SettleAsync(clientId, request.OccurredAt, ct);
    }

    private Task RefundAsync(RefundRequest request, string purchase, long clientId, DateTime boughtAt, CancellationToken ct)
    {
        var refund = new Refund(request, purchase, request.Hash(), work.Now);
        refund.Find(work.Db.Purchases.Local.Single(p => p.ExternalId == purchase).Id);
        work.Db.Refunds.Add(refund);
        return SettleAsync(clientId, boughtAt, ct);
    }

    private async Task SettleAsync(long clientId, DateTime from, CancellationToken ct)
    {
        await work.SaveAsync(ct);
        await Settlement.SettleAsync(work, clientId, from, ct);
        await work.SaveAsync(ct);
    }

    private async Task ReleaseAsync(long clientId, CancellationToken ct)
    {
        await ReleaseCommissions.ReleaseDueAsync(work, clientId, ct);
        await work.SaveAsync(ct);
    }
}
