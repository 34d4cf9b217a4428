using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Ledger;

public sealed class LedgerTests
{
    [Fact]
    public void Of_AnyPostings_BalancesToZeroByCurrency()
    {
        var place = Gen.OneOf(Gen.Constant(LedgerPlace.Program), Gen.Choose(1, 4).Select(id => LedgerPlace.Pending(id)), Gen.Choose(1, 4).Select(id => LedgerPlace.Available(id)));
        var posting = from source in place
                      from target in place
                      where source != target
                      from currency in Gen.Elements("EUR", "USD", "JPY")
                      from amount in Gen.Choose(1, 100_000)
                      select new Posting(source, target, currency, amount);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(posting.NonEmptyListOf()), postings =>
        {
            var entries = LedgerTransaction.Of(LedgerKind.Commission, new LedgerSubject(1), [.. postings], DateTime.UnixEpoch).Entries;
            return entries.GroupBy(e => e.Currency).All(g => g.Sum(e => e.Amount) == 0) && entries.All(e => e.Amount != 0)
                && entries.GroupBy(e => (e.Account, e.OwnerId, e.Currency)).All(g => g.Count() == 1);
        }));
    }

    [Fact]
    public void Of_PostingsThatAreNone_AreBugs()
    {
        Posting[] wrong =
        [
            new(LedgerPlace.Program, LedgerPlace.Pending(1), "EUR", 0), new(LedgerPlace.Program, LedgerPlace.Pending(1), "EUR", -5), new(LedgerPlace.Pending(1), LedgerPlace.Pending(1), "EUR", 5),
            new(LedgerPlace.Program, new LedgerPlace(LedgerAccount.Pending, null), "EUR", 5), new(LedgerPlace.Program, LedgerPlace.Pending(1), "", 5),
        ];

        Assert.All(wrong, p => Assert.Throws<ArgumentException>(() => LedgerTransaction.Of(LedgerKind.Commission, new LedgerSubject(1), [p], DateTime.UnixEpoch)));
        Assert.Throws<ArgumentException>(() => LedgerTransaction.Of(LedgerKind.Commission, new LedgerSubject(1), [], DateTime.UnixEpoch));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task BalancesAsync_Wallet_IsTheSumOfItsEntriesByState(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var id = partner.AccountId!.Value;
        await PostAsync(portal, LedgerKind.Commission, new Posting(LedgerPlace.Program, LedgerPlace.Pending(id), "EUR", 1000), new Posting(LedgerPlace.Program, LedgerPlace.Pending(id), "USD", 70));
        await PostAsync(portal, LedgerKind.Release, new Posting(LedgerPlace.Pending(id), LedgerPlace.Available(id), "EUR", 1000));
        await PostAsync(portal, LedgerKind.Reversal, new Posting(LedgerPlace.Available(id), LedgerPlace.Program, "EUR", 1250));

        var balances = await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner, default));
        Assert.Equal([new WalletBalance("EUR", 0, -250, 0), new WalletBalance("USD", 70, 0, 0)], balances);
        var other = await world.IntegratorAsync("Wrongway Limited");
        Assert.Empty(await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(other, default)));
        Assert.Empty(await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesOfAsync(id, other, default)));
        Assert.Empty(await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner with { Role = MemberRole.Seller }, default)));
        Assert.Equal(balances, await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(async q => await q.BalancesOfAsync(id, await world.SupportAsync(), default)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Rows_OfTheBooks_AreNeverChangedOrDeleted(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var id = (await new World(portal).IntegratorAsync("Brightwater Systems")).AccountId!.Value;
        await PostAsync(portal, LedgerKind.Commission, new Posting(LedgerPlace.Program, LedgerPlace.Pending(id), "EUR", 1000));

        await AppendOnlyRows.AssertRefusedAsync(portal, "LedgerEntries", "\"Amount\" = 1");
        await AppendOnlyRows.AssertRefusedAsync(portal, "LedgerTransactions", "\"Kind\" = 'Release'");
        await AppendOnlyRows.AssertRefusedAsync(portal, "PartnerStandings", "\"State\" = 'Suspended'");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Post_TransactionThatFails_LeavesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);

        // Nobody has that wallet: the foreign key refuses the second entry.
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => PostAsync(portal, LedgerKind.Commission, new Posting(LedgerPlace.Program, LedgerPlace.Pending(4711), "EUR", 5)));

        Assert.Equal(0, await portal.ReadAsync(db => db.LedgerTransactions.CountAsync()));
    }

    private static async Task PostAsync(TestPortal portal, LedgerKind kind, params Posting[] postings)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        LedgerBook.Post(work, kind, new LedgerSubject(null), postings);
        work.Audit(Actor.System, AuditActions.CommissionsReleased, ("test", null));
        await work.CommitAsync(default);
    }
}
