using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>After random operations the tallies are what the books sum to; <see cref="MoneyProperties"/> looks at the same.</summary>
public sealed class WalletTalliesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Tallies_RandomOperations_AreWhatTheBooksSumTo(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(6);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules
        {
            Levels = [LevelRate.Share(1250), LevelRate.Share(333), new LevelRate(null, new Dictionary<string, long> { ["EUR"] = 50 })],
            HoldDays = 20,
            MaxPerClient = new Dictionary<string, long> { ["EUR"] = 20_000 },
        }));
        for (var i = 1; i < people.Length; i++)
        {
            await world.AttributeAsync(people[i], people[(i - 1) / 2]);
        }

        var random = new Random(20261126);
        var bought = new List<(string Id, string Currency)>();
        for (var step = 0; step < 60; step++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(random.Next(1, 90)));
            switch (random.Next(6))
            {
                case 0 when bought.Count > 0:
                    var (id, currency) = bought[random.Next(bought.Count)];
                    await world.RefundAsync(world.Refund(id, $"r-{step}", random.Next(3) == 0 ? null : random.Next(1, 2000), currency));
                    break;
                case 1:
                    await world.ReleaseAsync();
                    break;
                case 2:
                    await world.StandAsync(people[random.Next(3)], random.Next(2) == 0);
                    break;
                default:
                    // Some are told late, so that months before and corrections are posted to.
                    var purchase = world.Purchase(people[random.Next(1, people.Length)], $"p-{step}", random.Next(1, 40_000), random.Next(4) == 0 ? "USD" : "EUR");
                    await world.BuyAsync(purchase with { OccurredAt = purchase.OccurredAt.AddDays(-random.Next(0, 3) * 20) });
                    bought.Add(($"p-{step}", purchase.Currency));
                    break;
            }
        }

        Assert.Empty(await WalletTallyChecks.BrokenAsync(portal, people));
        Assert.True(await portal.ReadAsync(db => db.EarningTallies.Select(t => t.State).Distinct().CountAsync()) >= 3);
        Assert.True(await portal.ReadAsync(db => db.WalletTallies.Select(t => t.Month).Distinct().CountAsync()) >= 3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MonthsAsync_EarnedAndTakenBack_StandInTheirMonthsAndSumToTheBalance(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var client = (await new World(portal).PersonAsync("José Almeida")).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 10 }));
        await world.BuyAsync(world.Purchase(client, "a-1"));
        portal.Clock.Advance(TimeSpan.FromDays(31));
        await world.ReleaseAsync();
        await world.BuyAsync(world.Purchase(client, "a-2", 1000));
        await world.RefundAsync(world.Refund("a-1", "r-1", null));

        Task<IReadOnlyDictionary<CalendarMonth, long>> MonthsAsync(Actor actor) =>
            portal.CallAsync<WalletQueries, IReadOnlyDictionary<CalendarMonth, long>>(q => q.MonthsAsync("EUR", new CalendarMonth(2026, 1), actor, default));
        Assert.Equal([(new CalendarMonth(2026, 11), 800L), (new CalendarMonth(2026, 12), -700L)], (await MonthsAsync(partner)).Select(m => (m.Key, m.Value)).OrderBy(m => m.Key.Number));
        Assert.Empty(await MonthsAsync(partner with { Role = MemberRole.Seller }));
        Assert.Empty(await MonthsAsync(await new World(portal).IntegratorAsync("Wrongway Limited")));
        var lines = await portal.CallAsync<WalletLineQueries, IReadOnlyList<MonthEarnings>>(q => q.MonthsAsync(null, partner, default));
        Assert.Equal(
            [new MonthEarnings("EUR", new CalendarMonth(2026, 11), WalletLineState.TakenBack, 1, 0), new MonthEarnings("EUR", new CalendarMonth(2026, 12), WalletLineState.Held, 1, 100)],
            lines.OrderBy(l => l.Month.Number));
        Assert.Empty(await portal.CallAsync<WalletLineQueries, IReadOnlyList<MonthEarnings>>(q => q.MonthsAsync(null, partner with { Role = MemberRole.Seller }, default)));
    }

    [Theory, OnSqlite]
    public async Task In_EachState_IsFoundByAnIndexOfItsOwn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        foreach (var state in Enum.GetValues<WalletLineState>())
        {
            var plan = await portal.ReadAsync(async db =>
            {
                var sql = WalletLineQueries.In(db.CommissionLines.Where(l => l.PartnerId == 5 && l.Currency == "EUR" && l.Id < 7), state).OrderByDescending(l => l.Id).ToQueryString();
                await db.Database.OpenConnectionAsync();
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + sql;
                await using var reader = await command.ExecuteReaderAsync();
                Assert.True(await reader.ReadAsync());
                return reader.GetString(3);
            });

            Assert.Contains("IX_CommissionLines_State" + state + " (PartnerId=? AND Currency=?", plan, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-11", true)]
    [InlineData("2026-13", false)]
    [InlineData("26-11", false)]
    [InlineData("9999-12", false)]
    [InlineData(null, false)]
    public void TryParse_Month_TakesOnlyMonths(string? text, bool isOne)
    {
        Assert.Equal(isOne, CalendarMonth.TryParse(text, out var month));
        Assert.Equal(isOne ? text : "0001-01", isOne ? month.ToString() : "0001-01");
    }

    [Fact]
    public void Plus_OverTheYearsEnd_GoesOn() =>
        Assert.Equal([202611, 202612, 202701], Enumerable.Range(0, 3).Select(n => new CalendarMonth(2026, 11).Plus(n).Number));
}
