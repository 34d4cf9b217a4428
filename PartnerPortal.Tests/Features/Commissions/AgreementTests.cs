using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Commissions;

public sealed class AgreementTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Accept_VersionInForce_MakesPayableAndIsRecordedOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner, planId) = await SceneAsync(portal);
        var due = (await OwnAsync(portal, partner))!;
        Assert.True(due.IsDue);
        Assert.Contains("Version 1 of plan", await WhyNotAsync(portal, partner), StringComparison.Ordinal);

        Assert.True((await AcceptAsync(portal, due.InForce!.VersionId, partner)).Ok);
        Assert.True((await AcceptAsync(portal, due.InForce.VersionId, partner)).Ok);

        var accepted = (await OwnAsync(portal, partner))!.InForce!;
        Assert.Equal((portal.Clock.Now, partner.Name), (accepted.AcceptedAt, accepted.AcceptedBy));
        Assert.Null(await WhyNotAsync(portal, partner));
        Assert.Equal(1, await portal.ReadAsync(db => db.AgreementAcceptances.CountAsync(a => a.AccountId == partner.AccountId && a.UserId == partner.UserId)));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AgreementAccepted && e.AccountId == partner.AccountId)));
        await AppendOnlyRows.AssertRefusedAsync(portal, "AgreementAcceptances", "\"UserName\" = 'x'");

        // Another version counts: its Yes is asked for again, and what was accepted before helps no more.
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await world.VersionAsync(planId, new PlanRules { Levels = [LevelRate.Share(100)] });
        Assert.Contains("Version 2 of plan", await WhyNotAsync(portal, partner), StringComparison.Ordinal);
        Assert.IsType<AgreementMoved>((await AcceptAsync(portal, accepted.VersionId, partner)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Publish_NewVersion_IsMailedToAdminsInTheirLanguageAndCanBeAcceptedAhead(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (_, partner, planId) = await SceneAsync(portal);
        await world.ColleagueAsync(partner, "Fay Finance", MemberRole.Finance);
        var spanish = await world.IntegratorAsync("Aguas Claras", language: "es");
        var own = await world.IntegratorAsync("Own Terms");
        var money = new MoneyWorld(portal);
        await money.AssignAsync(PlanScope.Partner, own.AccountId!.Value, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1)] }));
        await world.PersonAsync("Clara Client");

        var owner = await world.OwnerAsync();
        var published = await portal.CallAsync<PublishPlanVersion, Result<PublishedVersion>>(p => p.ExecuteAsync(planId, null, new PlanForm(), new DateOnly(2026, 12, 1), owner, default));

        Assert.True(published.Ok);
        var mails = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.AgreementChanged).OrderBy(m => m.AccountId).Select(m => new { m.AccountId, m.Language, m.Subject, m.Text }).ToListAsync());
        Assert.Equal([(partner.AccountId, "en"), (spanish.AccountId, "es")], mails.Select(m => (m.AccountId, m.Language)));
        Assert.Contains("new commission terms from Tuesday", mails[0].Subject, StringComparison.Ordinal);
        Assert.Contains("/profile", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("nuevas condiciones de comisión desde el martes, 1 de diciembre", mails[1].Subject, StringComparison.Ordinal);
        var next = (await OwnAsync(portal, partner))!.Next!;
        Assert.Equal((2, published.Value.CountsFrom), (next.Number, next.CountsFrom));
        Assert.True((await AcceptAsync(portal, next.VersionId, partner)).Ok);
        // Yes to what comes is none to what counts.
        Assert.NotNull(await WhyNotAsync(portal, partner));
        portal.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Null(await WhyNotAsync(portal, partner));
    }

    [Fact]
    public async Task Agreement_OfOthersAndForOtherRoles_IsNeitherShownNorAccepted()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (_, partner, _) = await SceneAsync(portal);
        var id = (await OwnAsync(portal, partner))!.InForce!.VersionId;
        var finance = await world.ColleagueAsync(partner, "Fay Finance", MemberRole.Finance);
        var seller = await world.ColleagueAsync(partner, "Selma Seller", MemberRole.Seller);

        Assert.NotNull(await OwnAsync(portal, finance));
        Assert.Null(await OwnAsync(portal, seller));
        Assert.Null(await OwnAsync(portal, await world.PersonAsync("Clara Client")));
        foreach (var other in new[] { finance, seller, await world.PersonAsync("Carl Client"), await world.OwnerAsync(), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await AcceptAsync(portal, id, other)).Error);
        }

        Assert.IsType<AgreementMoved>((await AcceptAsync(portal, 4711, partner)).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.AgreementAcceptances.CountAsync()));
    }

    [Fact]
    public async Task WhyNotPayable_WithoutAPlan_IsNothingToAccept()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");

        Assert.Equal(new Agreement(null, null), await OwnAsync(portal, partner));
        Assert.Null(await WhyNotAsync(portal, partner));
    }

    [Fact]
    public async Task Profile_TermsInWords_AreReadAndAcceptedAndTheNoticeGoes()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, partner, _) = await SceneAsync(portal);
        await using var pages = new ClientPages(portal, partner);
        Assert.Contains("Your terms wait for your Yes", pages.Render<WalletPage>().Markup, StringComparison.Ordinal);

        var page = pages.Render<ProfilePage>();
        Assert.Equal(
            [
                "Level 1, purchases of your own clients: 12.5%.",
                "Level 2, purchases further down, by those whom your partners brought: €5.00, $6.00 a purchase.",
                "It counts for these products only: team.",
                "Purchases earn for 12 months from a client's first purchase ever.",
                "What a purchase earns is on hold for 30 days from it and can be paid out then.",
                "One purchase earns at most €100.00 over all levels.",
                "All levels together get at most 30% of what a client pays without tax.",
                "Whoever is not active as a partner when a client buys gets nothing, and nobody gets it instead.",
                "Your clients are spared 10% on their first purchase, if it is one of these products.",
            ],
            page.FindAll("#agreement .agreed li").Select(l => l.TextContent));
        await page.ActAsync("#agreement .btn.primary", b => b.ClickAsync());

        Assert.Contains("You accepted version 1", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#agreement .btn.primary"));
        Assert.DoesNotContain("Your terms wait for your Yes", pages.Render<WalletPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_OfAFinanceMember_SaysWhoAccepts()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, partner, _) = await SceneAsync(portal);
        await using var pages = new ClientPages(portal, await new World(portal).ColleagueAsync(partner, "Fay Finance", MemberRole.Finance));

        var page = pages.Render<ProfilePage>();

        Assert.Contains("An admin of your account can accept them", page.Find("#agreement").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#agreement button"));
    }

    private static Task<Agreement?> OwnAsync(TestPortal portal, Actor actor) => portal.CallAsync<AgreementQueries, Agreement?>(q => q.OwnAsync(actor, default));

    private static Task<string?> WhyNotAsync(TestPortal portal, Actor actor) => portal.CallAsync<AgreementQueries, string?>(q => q.WhyNotPayableAsync(actor.AccountId!.Value, default));

    private static Task<Result<Done>> AcceptAsync(TestPortal portal, long versionId, Actor actor) => portal.CallAsync<AcceptAgreement, Result<Done>>(a => a.ExecuteAsync(versionId, actor, default));

    private static async Task<(MoneyWorld World, Actor Partner, long PlanId)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var planId = await world.PlanAsync(new PlanRules
        {
            Levels = [LevelRate.Share(1250), new LevelRate(null, new Dictionary<string, long> { ["EUR"] = 500, ["USD"] = 600 })],
            Products = ["team"],
            Span = EarningSpan.Months,
            Months = 12,
            HoldDays = 30,
            MaxPerPurchase = new Dictionary<string, long> { ["EUR"] = 10_000 },
            MaxShareBasisPoints = 3000,
            Discount = new ClientDiscount(1000, null),
        });
        await world.AssignAsync(PlanScope.Program, 0, planId);
        return (world, partner, planId);
    }
}
