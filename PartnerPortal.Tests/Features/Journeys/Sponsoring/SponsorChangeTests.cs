using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Sponsoring;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Sponsoring;

/// <summary>Staff changes a sponsor: what it means is said before, later purchases go by it, and the books agree whatever comes late.</summary>
public sealed class SponsorChangeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Change_PurchasesBeforeBetweenAndAfter_GoByWhoRecommendedThenAndVerifyAgrees(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, money) = (new World(portal), new MoneyWorld(portal));
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(100)], Products = ["team"], HoldDays = 0 }));
        var (top, former, next, seller) = (await world.IntegratorAsync("Top"), await world.IntegratorAsync("Former"), await world.IntegratorAsync("Next"), await world.IntegratorAsync("Seller"));
        var (client, staff) = (await world.PersonAsync("Nina Novak"), await world.SupportAsync());
        await JoinAsync(portal, former, top);
        await JoinAsync(portal, seller, former);
        await JoinAsync(portal, client, seller);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        var (id, before) = (client.AccountId!.Value, portal.Clock.Now);
        await money.BuyAsync(money.Purchase(id, "before", 10000));

        var preview = await PreviewAsync(portal, seller, next, staff);
        Assert.Null(preview.Refusal);
        Assert.Equal([new(1, "Seller", "Seller"), new(2, "Former", "Next"), new(3, "Top", null)], preview.Levels);
        Assert.Equal((1, 1), (preview.Clients, preview.Below));
        Assert.Equal([("Former", 500L), ("Top", 100L)], preview.Earned.Select(e => (e.Name, e.Amount)));

        var changed = await ChangeAsync(portal, seller, next, staff);
        Assert.Equal(portal.Clock.Now + SponsorChange.Lead, changed.Value);
        Assert.True(SponsorChange.Lead > PurchaseRequest.ClockTolerance);
        await money.BuyAsync(money.Purchase(id, "at once", 10000));
        portal.Clock.Advance(SponsorChange.Lead);
        await money.BuyAsync(money.Purchase(id, "after", 10000));
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await money.BuyAsync(money.Purchase(id, "late", 10000) with { OccurredAt = before.AddMinutes(1) });
        await money.RefundAsync(money.Refund("before", "r-1", 5000));
        await money.RefundAsync(money.Refund("after", "r-2", null));
        await money.ReleaseAsync();

        Assert.Equal(
            [("after", "Next", 500, 500), ("at once", "Former", 500, 0), ("at once", "Top", 100, 0), ("before", "Former", 500, 250), ("before", "Top", 100, 50), ("late", "Former", 500, 0), ("late", "Top", 100, 0)],
            await LinesAsync(portal));
        Assert.Empty(await FindingsAsync(portal));

        // Undone: the former one is it again, for later purchases only.
        var change = Assert.Single(await ChangesAsync(portal, seller, staff));
        Assert.Null((await UndoAsync(portal, change.Id, staff)).Error);
        await money.BuyAsync(money.Purchase(id, "still", 10000));
        portal.Clock.Advance(SponsorChange.Lead);
        await money.BuyAsync(money.Purchase(id, "again", 10000));
        await money.BuyAsync(money.Purchase(id, "late too", 10000) with { OccurredAt = before.AddDays(1) });
        await money.ReleaseAsync();
        var lines = await LinesAsync(portal);
        Assert.Contains(("still", "Next", 500, 0), lines);
        Assert.Contains(("again", "Former", 500, 0), lines);
        Assert.Contains(("late too", "Next", 500, 0), lines);
        Assert.Empty(await FindingsAsync(portal));
        Assert.Equal(former.AccountId, await SponsorOfAsync(portal, seller));
        Assert.IsType<SponsorMovedOn>((await UndoAsync(portal, change.Id, staff)).Error);
        Assert.Equal(["Next to Former", "Former to Next"], (await ChangesAsync(portal, seller, staff)).Select(c => $"{c.From} to {c.To}"));
        Assert.Equal([AuditActions.SponsorChanged, AuditActions.SponsorUndone], await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action.StartsWith("sponsor.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));

        // Each is told once a change; neither sponsor reads of the other.
        var mails = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.SponsorChanged).OrderBy(m => m.Id).Select(m => new { m.ToAddress, m.Subject, m.Text }).ToListAsync());
        Assert.Equal([seller.Email, former.Email, next.Email, seller.Email, next.Email, former.Email], mails.Select(m => m.ToAddress));
        Assert.DoesNotContain("Next", mails[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Former", mails[2].Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Change_OfEachOtherAtOnce_MakesNoLoop(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var staff = await world.SupportAsync();
        for (var round = 0; round < 5; round++)
        {
            var (a, b) = (await world.IntegratorAsync($"Anna {round}"), await world.IntegratorAsync($"Bert {round}"));

            var results = await Task.WhenAll(Task.Run(() => ChangeAsync(portal, a, b, staff)), Task.Run(() => ChangeAsync(portal, b, a, staff)));

            Assert.IsType<SponsorLoop>(Assert.Single(results, r => !r.Ok).Error);
            Assert.Single([await SponsorOfAsync(portal, a), await SponsorOfAsync(portal, b)], s => s is not null);
        }
    }

    [Fact]
    public async Task Change_WhatIsRefused_ChangesNothingAndThePreviewSaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (top, middle, below, gone) = (await world.IntegratorAsync("Top"), await world.IntegratorAsync("Middle"), await world.IntegratorAsync("Below"), await world.IntegratorAsync("Gone"));
        var (person, staff) = (await world.PersonAsync("Nina Novak"), await world.SupportAsync());
        await JoinAsync(portal, middle, top);
        await JoinAsync(portal, below, middle);
        await world.SuspendAsync(gone);
        var ownStaff = await world.ColleagueAsync(below, "Otto Own", MemberRole.Admin);
        ownStaff = ownStaff with { IsSupport = true };

        Assert.IsType<NotAllowed>((await ChangeAsync(portal, middle, below, top)).Error);
        Assert.IsType<ReasonMissing>((await ChangeAsync(portal, middle, below, staff, " ")).Error);
        foreach (var (account, to, actor, refusal) in new[]
        {
            (top, below, staff, typeof(SponsorLoop)), (top, top, staff, typeof(SponsorLoop)), (middle, top, staff, typeof(SameSponsor)), (top, null, staff, typeof(SameSponsor)),
            (below, gone, staff, typeof(TargetTakesNoClients)), (below, person, staff, typeof(TargetIsNoPartner)), (below, top, ownStaff, typeof(OwnAccountInvolved)), (top, below, ownStaff, typeof(OwnAccountInvolved)),
        })
        {
            Assert.IsType(refusal, (await PreviewAsync(portal, account, to, actor)).Refusal);
            Assert.IsType(refusal, (await ChangeAsync(portal, account, to, actor)).Error);
        }

        Assert.Equal(0, await portal.ReadAsync(db => db.SponsorChanges.CountAsync()));

        // Taken away; whoever comes first then does not become it by itself, and an undo that would close a loop is refused.
        Assert.Null((await ChangeAsync(portal, middle, null, staff)).Error);
        Assert.Null(await SponsorOfAsync(portal, middle));
        Assert.Null((await ChangeAsync(portal, top, below, staff)).Error);
        var taken = await portal.ReadAsync(db => db.SponsorChanges.Where(c => c.AccountId == middle.AccountId).Select(c => c.Id).SingleAsync());
        Assert.IsType<SponsorLoop>((await UndoAsync(portal, taken, staff)).Error);
        Assert.IsType<OwnAccountInvolved>((await UndoAsync(portal, await portal.ReadAsync(db => db.SponsorChanges.MaxAsync(c => c.Id)), ownStaff)).Error);
        portal.Clock.Advance(TimeSpan.FromDays(8));
        Assert.IsType<SponsorMovedOn>((await UndoAsync(portal, taken, staff)).Error);
    }

    private static Task<Result<DateTime>> ChangeAsync(TestPortal portal, Actor account, Actor? to, Actor staff, string reason = "Agreed by phone") =>
        portal.CallAsync<ChangeSponsor, Result<DateTime>>(c => c.ExecuteAsync(account.AccountId!.Value, to?.AccountId, reason, staff, default));

    private static Task<Result<DateTime>> UndoAsync(TestPortal portal, long change, Actor staff) =>
        portal.CallAsync<UndoSponsorChange, Result<DateTime>>(u => u.ExecuteAsync(change, "It was the wrong one", staff, default));

    private static async Task<SponsorPreview> PreviewAsync(TestPortal portal, Actor account, Actor? to, Actor staff) =>
        (await portal.CallAsync<SponsorQueries, SponsorPreview?>(q => q.PreviewAsync(account.AccountId!.Value, to?.AccountId, staff, default)))!;

    private static Task<IReadOnlyList<SponsorChangeRow>> ChangesAsync(TestPortal portal, Actor account, Actor staff) =>
        portal.CallAsync<SponsorQueries, IReadOnlyList<SponsorChangeRow>>(q => q.ChangesAsync(account.AccountId!.Value, staff, default));

    private static Task<long?> SponsorOfAsync(TestPortal portal, Actor account) => portal.ReadAsync(db => db.Accounts.Where(a => a.Id == account.AccountId).Select(a => a.SponsorId).SingleAsync());

    private static async Task JoinAsync(TestPortal portal, Actor client, Actor partner)
    {
        var code = await new World(portal).CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
    }

    /// <summary>The lines above the first level: of which purchase, whose, what was given and what was taken back.</summary>
    private static async Task<List<(string, string, long, long)>> LinesAsync(TestPortal portal) => [.. (await portal.ReadAsync(db => (
        from l in db.CommissionLines
        join p in db.Purchases on l.PurchaseId equals p.Id
        join a in db.Accounts on l.PartnerId equals a.Id
        where l.Level > 1 && l.Granted > 0
        orderby p.ExternalId, l.Level
        select new { p.ExternalId, a.Name, l.Granted, l.Reversed }).ToListAsync())).Select(l => (l.ExternalId, l.Name, l.Granted, l.Reversed))];

    private static async Task<IReadOnlyList<BookFinding>> FindingsAsync(TestPortal portal) => (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings;
}
