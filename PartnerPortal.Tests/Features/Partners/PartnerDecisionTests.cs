using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Partners;

public sealed class PartnerDecisionTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Application_FromFormToApproval_TellsSupportAndApplicant(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var applicant = await world.PersonAsync("Marta Oliveira", language: "es");

        var applied = await ApplyAsync(portal, applicant, new(AccountKind.Firm, " Brightwater Systems ", "brightwater.test", "We bring bakeries."));
        var twice = await ApplyAsync(portal, applicant, new(AccountKind.Firm, "Brightwater Systems", null, "Again."));
        var rejected = await portal.CallAsync<RejectApplication, Result<Done>>(u => u.ExecuteAsync(applicant.AccountId!.Value, "Not yet", support, default));
        var again = await ApplyAsync(portal, applicant, new(AccountKind.Firm, "Brightwater Systems", null, "More now."));
        var approved = await portal.CallAsync<ApproveApplication, Result<Done>>(u => u.ExecuteAsync(applicant.AccountId!.Value, support, default));

        Assert.True(applied.Ok && rejected.Ok && again.Ok && approved.Ok);
        Assert.Equal(new NothingToApplyFor(PartnerState.Applied), twice.Error);
        var account = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == applicant.AccountId));
        Assert.Equal((AccountKind.Firm, "Brightwater Systems"), (account.Kind, account.Name));
        Assert.True((await world.AgainAsync(applicant)).IsActivePartner);
        var mails = await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(
            [(MailKinds.PartnerApplication, support.Email), (MailKinds.PartnerDecision, applicant.Email), (MailKinds.PartnerApplication, support.Email), (MailKinds.PartnerDecision, applicant.Email)],
            mails.Select(m => (m.Kind, m.ToAddress)));
        Assert.Contains("Not yet", mails[1].Text, StringComparison.Ordinal);
        Assert.Equal("es", mails[3].Language);
        Assert.Equal("Brightwater Systems ya es integrador en PartnerPortal", mails[3].Subject);
        Assert.Equal(
            [AuditActions.PartnerApplied, AuditActions.PartnerRejected, AuditActions.PartnerApplied, AuditActions.PartnerApproved],
            await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action.StartsWith("partner.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ApplyAsPartner_WrongInput_IsToldByField(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var person = await world.PersonAsync("Marta Oliveira");
        var seller = await world.PersonAsync("Sonia Seller", role: MemberRole.Seller);

        Assert.IsType<NotAllowed>((await ApplyAsync(portal, Actor.Visitor, new(AccountKind.Firm, "A", null, "b"))).Error);
        Assert.IsType<NotAdminOfAccount>((await ApplyAsync(portal, seller, new(AccountKind.Firm, "A", null, "b"))).Error);
        Assert.Equal("Name", (await ApplyAsync(portal, person, new(AccountKind.Firm, " ", null, "b"))).Error?.Field);
        Assert.Equal("Name", (await ApplyAsync(portal, person, new(AccountKind.Firm, new string('n', 201), null, "b"))).Error?.Field);
        Assert.Equal("Website", (await ApplyAsync(portal, person, new(AccountKind.Firm, "A", "javascript:alert(1)", "b"))).Error?.Field);
        Assert.Equal("About", (await ApplyAsync(portal, person, new(AccountKind.Firm, "A", null, ""))).Error?.Field);
        Assert.Equal("About", (await ApplyAsync(portal, person, new(AccountKind.Firm, "A", null, new string('b', 2001)))).Error?.Field);
        Assert.Equal(0, await portal.ReadAsync(db => db.Partners.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SuspendAndReinstate_Partner_BitesAtOnceAndIsTold(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Delta Punkt"));
        var id = partner.AccountId!.Value;

        Assert.IsType<DecisionReasonMissing>((await SuspendAsync(portal, id, " ", support)).Error);
        Assert.IsType<DecisionReasonTooLong>((await SuspendAsync(portal, id, new string('x', 1001), support)).Error);
        Assert.True((await SuspendAsync(portal, id, "Fake accounts", support)).Ok);
        Assert.Equal(new PartnerStateChanged(PartnerState.Suspended), (await SuspendAsync(portal, id, "again", support)).Error);
        var now = await world.AgainAsync(partner);
        Assert.Equal((true, false), (now.IsPartner, now.IsActivePartner));
        Assert.IsType<PartnerIsSuspended>((await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(u => u.ExecuteAsync(new InviteRequest(["a@example.test"], "en"), now, default))).Error);
        Assert.True((await portal.CallAsync<ReinstatePartner, Result<Done>>(u => u.ExecuteAsync(id, support, default))).Ok);
        Assert.True((await world.AgainAsync(partner)).IsActivePartner);
        Assert.Equal([partner.Email, partner.Email], await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.PartnerDecision).Select(m => m.ToAddress).ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Decisions_ByNoStaffOrAboutOnesOwn_AreRefused(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Delta Punkt"));
        await ApplyAsync(portal, support, new(AccountKind.Person, "Sam", null, "Me too."));
        var own = support.AccountId!.Value;

        foreach (var (actor, id, expected) in new[] { (partner, partner.AccountId!.Value, typeof(NotAllowed)), (support, own, typeof(OwnAccountInvolved)), (support, 999_999L, typeof(NoSuchPartner)) })
        {
            Assert.Equal(expected, (await portal.CallAsync<ApproveApplication, Result<Done>>(u => u.ExecuteAsync(id, actor, default))).Error?.GetType());
            Assert.Equal(expected, (await portal.CallAsync<RejectApplication, Result<Done>>(u => u.ExecuteAsync(id, "r", actor, default))).Error?.GetType());
            Assert.Equal(expected, (await SuspendAsync(portal, id, "r", actor)).Error?.GetType());
            Assert.Equal(expected, (await portal.CallAsync<ReinstatePartner, Result<Done>>(u => u.ExecuteAsync(id, actor, default))).Error?.GetType());
            Assert.Equal(expected, (await TermsAsync(portal, id, new("x", null), actor)).Error?.GetType());
        }

        Assert.IsType<NotAllowed>((await portal.CallAsync<CreatePartnerGroup, Result<long>>(u => u.ExecuteAsync("Gold", partner, default))).Error);
        Assert.Equal(PartnerState.Applied, await portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == own).Select(p => p.State).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ApproveAndReject_AtOnce_OneDecides(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (one, two) = (await world.SupportAsync("Sam"), await world.SupportAsync("Sofia"));
        var applicants = new List<Actor>();
        for (var i = 0; i < 4; i++)
        {
            applicants.Add(await world.PersonAsync($"Applicant {i}"));
            await ApplyAsync(portal, applicants[i], new(AccountKind.Person, $"Applicant {i}", null, "Please."));
        }

        foreach (var id in applicants.Select(a => a.AccountId!.Value))
        {
            var results = await Task.WhenAll(
                Task.Run(() => portal.CallAsync<RejectApplication, Result<Done>>(u => u.ExecuteAsync(id, "no", two, default))),
                Task.Run(() => SuspendAsync(portal, id, "no", one)),
                Task.Run(() => portal.CallAsync<RejectApplication, Result<Done>>(u => u.ExecuteAsync(id, "no", one, default))));
            Assert.Single(results, r => r.Ok);
        }

        Assert.Equal(4, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.PartnerRejected)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ChangePartnerTerms_ExternalIdAndGroup_AreUniqueAndAudited(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (support, a, b) = (await world.SupportAsync(), await world.IntegratorAsync("Aurora"), await world.IntegratorAsync("Boreal"));
        var group = (await portal.CallAsync<CreatePartnerGroup, Result<long>>(u => u.ExecuteAsync(" Gold ", support, default))).Value;

        Assert.IsType<GroupNameTaken>((await portal.CallAsync<CreatePartnerGroup, Result<long>>(u => u.ExecuteAsync("GÓLD", support, default))).Error);
        Assert.IsType<GroupNameMissing>((await portal.CallAsync<CreatePartnerGroup, Result<long>>(u => u.ExecuteAsync(" ", support, default))).Error);
        Assert.True((await TermsAsync(portal, a.AccountId!.Value, new(" CRM-1 ", group), support)).Ok);
        Assert.Equal(new ExternalIdTaken(a.AccountId.Value, "Aurora"), (await TermsAsync(portal, b.AccountId!.Value, new("CRM-1", null), support)).Error);
        Assert.IsType<ExternalIdTooLong>((await TermsAsync(portal, b.AccountId.Value, new(new string('x', 101), null), support)).Error);
        Assert.IsType<NoSuchGroup>((await TermsAsync(portal, b.AccountId.Value, new(null, group + 1), support)).Error);
        var both = await Task.WhenAll(
            Task.Run(() => TermsAsync(portal, a.AccountId.Value, new("CRM-2", group), support)),
            Task.Run(() => TermsAsync(portal, b.AccountId.Value, new("CRM-2", null), support)));
        Assert.Single(both, r => r.Ok);
        Assert.IsType<ExternalIdTaken>(Assert.Single(both, r => !r.Ok).Error);
        var detail = await portal.CallAsync<PartnerAdminQueries, PartnerDetail?>(q => q.DetailAsync(a.AccountId.Value, support, default));
        Assert.Equal("Gold", detail!.Row.Group);
        var entry = await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action == AuditActions.PartnerChanged).OrderBy(e => e.Id).FirstAsync());
        Assert.Contains("\"externalId\":\"CRM-1\"", entry.Details, StringComparison.Ordinal);
    }

    private static Task<Result<Done>> ApplyAsync(TestPortal portal, Actor actor, PartnerApplication application) =>
        portal.CallAsync<ApplyAsPartner, Result<Done>>(u => u.ExecuteAsync(application, actor, default));

    private static Task<Result<Done>> SuspendAsync(TestPortal portal, long id, string reason, Actor actor) =>
        portal.CallAsync<SuspendPartner, Result<Done>>(u => u.ExecuteAsync(id, reason, actor, default));

    private static Task<Result<Done>> TermsAsync(TestPortal portal, long id, PartnerTerms terms, Actor actor) =>
        portal.CallAsync<ChangePartnerTerms, Result<Done>>(u => u.ExecuteAsync(id, terms, actor, default));
}
