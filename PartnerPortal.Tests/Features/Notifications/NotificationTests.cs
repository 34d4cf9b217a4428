using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Notifications;

public sealed class NotificationTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ClientJoined_TellsThoseWhoManageClientsAndNobodyElse(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);

        await scene.JoinAsync();

        var line = Assert.Single(await scene.LinesAsync(scene.Admin));
        Assert.Equal((NotificationKind.ClientJoined, "Clara Client", true, 1), (line.Kind, line.Name, line.IsNew, line.Count));
        Assert.StartsWith("/clients/", line.Href, StringComparison.Ordinal);
        Assert.Single(await scene.LinesAsync(scene.Seller));
        foreach (var other in new[] { scene.Finance, scene.Wrong, scene.Client, scene.Support, Actor.Visitor })
        {
            Assert.Empty(await scene.LinesAsync(other));
            Assert.Equal(0, await scene.NewAsync(other));
        }

        // As the reader may see it now: the client stopped sharing since.
        Assert.Null((await scene.Portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(scene.Client, default))).Error);
        Assert.Equal("C. C.", Assert.Single(await scene.LinesAsync(scene.Admin)).Name);
        // Nothing that was written down names anybody.
        Assert.Equal("||", await scene.Portal.ReadAsync(db => db.Notifications.Select(n => n.Words + "|" + n.Detail + "|" + n.Href).FirstAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TwoNodesAtOnce_TellOnce(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.Access.JoinAsync(scene.Admin, scene.Client);

        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(scene.TellAsync)));

        Assert.Equal(1, told.Sum());
        Assert.Equal(1, await scene.NewAsync(scene.Admin));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_PurchasesOfADay_AreOneLineForWhoWantsThem(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        await scene.WishAsync(scene.Finance, NotificationKind.Purchase, inPortal: true, MailWish.Never);

        await scene.BuyAsync("a-1");
        await scene.TellAsync();
        var one = Assert.Single(await scene.LinesAsync(scene.Finance));
        Assert.Equal(("Clara Client", 1), (one.Name, one.Count));
        Assert.NotNull(one.Amount);
        await scene.BuyAsync("a-2", "a-3");
        await scene.TellAsync();

        var line = Assert.Single(await scene.LinesAsync(scene.Finance));
        Assert.Equal((3, null, PortalUrls.Wallet), (line.Count, line.Name, line.Href));
        // By default nobody is told of it, and who manages clients alone cannot be.
        Assert.DoesNotContain(await scene.LinesAsync(scene.Admin), l => l.Kind is NotificationKind.Purchase);
        await scene.WishAsync(scene.Seller, NotificationKind.Purchase, inPortal: true, MailWish.AtOnce);
        // What was read stays as it was read.
        Assert.Equal(1, (await scene.Portal.CallAsync<MarkNotifications, Result<MarkedNotifications>>(m => m.ExecuteAsync(null, scene.Finance, default))).Value.Count);
        await scene.BuyAsync("a-4");
        await scene.TellAsync();
        Assert.Equal([(1, true), (3, false)], (await scene.LinesAsync(scene.Finance)).Select(l => (l.Count, l.IsNew)));
        Assert.DoesNotContain(await scene.LinesAsync(scene.Seller), l => l.Kind is NotificationKind.Purchase);
        Assert.Empty(await scene.MailsAsync("notification"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_MarkAllAndUndo_TouchOnlyTheReadersOwn(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        var id = (await scene.LinesAsync(scene.Admin))[0].Id;

        // Another's is not found.
        Assert.Equal(0, (await scene.Portal.CallAsync<MarkNotifications, Result<MarkedNotifications>>(m => m.ExecuteAsync(id, scene.Wrong, default))).Value.Count);
        Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<MarkNotifications, Result<MarkedNotifications>>(m => m.ExecuteAsync(id, Actor.Visitor, default))).Error);
        var marked = (await scene.Portal.CallAsync<MarkNotifications, Result<MarkedNotifications>>(m => m.ExecuteAsync(null, scene.Admin, default))).Value;

        Assert.Equal((1, 0, 1), (marked.Count, await scene.NewAsync(scene.Admin), await scene.NewAsync(scene.Seller)));
        Assert.True((await scene.Portal.CallAsync<UnmarkNotifications, Result<Done>>(u => u.ExecuteAsync(marked, scene.Wrong, default))).Ok);
        Assert.Equal(0, await scene.NewAsync(scene.Admin));
        Assert.True((await scene.Portal.CallAsync<UnmarkNotifications, Result<Done>>(u => u.ExecuteAsync(marked, scene.Admin, default))).Ok);
        Assert.Equal(1, await scene.NewAsync(scene.Admin));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SupportMovesAClient_TellsBothPartnersAndTheClient(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));

        await scene.Portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([scene.Client.AccountId!.Value], scene.Wrong.AccountId!.Value, "as tested"), scene.Support, default));
        await scene.TellAsync();

        Assert.Equal((NotificationKind.ClientMoved, "from"), (await scene.LinesAsync(scene.Admin)).Select(l => (l.Kind, l.Detail)).First());
        Assert.Equal((NotificationKind.ClientMoved, "to"), Assert.Single((await scene.LinesAsync(scene.Wrong)).Select(l => (l.Kind, l.Detail))));
        var own = Assert.Single(await scene.LinesAsync(scene.Client));
        Assert.Equal((NotificationKind.PartnerChanged, "Wrongway", PortalUrls.MyPartner), (own.Kind, own.Name, own.Href));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AccessAskedAndAnswered_TellsTheOtherSide(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();

        var grant = await scene.Access.AskAsync(scene.Seller, scene.Client.AccountId!.Value);
        await scene.TellAsync();
        Assert.Equal((NotificationKind.AccessAsked, PortalUrls.Access), Assert.Single((await scene.LinesAsync(scene.Client)).Select(l => (l.Kind, l.Href))));
        Assert.True((await scene.Access.ApproveAsync(grant.Value, scene.Client)).Ok);
        await scene.TellAsync();

        Assert.Equal((NotificationKind.AccessAnswered, "approved", "Clara Client"), (await scene.LinesAsync(scene.Seller)).Select(l => (l.Kind, l.Detail, l.Name)).First());
        Assert.Single(await scene.LinesAsync(scene.Client));
        Assert.Empty(await scene.LinesAsync(scene.Wrong));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SomebodyApplies_TellsStaffAndTheDecisionTellsTheApplicant(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        var applicant = await new World(scene.Portal).PersonAsync("Anna Applicant");
        await scene.TellAsync();

        Assert.True((await scene.Portal.CallAsync<ApplyAsPartner, Result<Done>>(a => a.ExecuteAsync(new PartnerApplication(AccountKind.Firm, "Anton's firm", "", "We sell."), applicant, default))).Ok);
        await scene.TellAsync();

        var line = Assert.Single(await scene.LinesAsync(scene.Support));
        Assert.Equal((NotificationKind.Application, PortalUrls.SupportPartner(applicant.AccountId!.Value)), (line.Kind, line.Href));
        Assert.NotNull(line.Name);
        Assert.True((await scene.Portal.CallAsync<ApproveApplication, Result<Done>>(a => a.ExecuteAsync(applicant.AccountId!.Value, scene.Support, default))).Ok);
        await scene.TellAsync();
        Assert.Equal((NotificationKind.PartnerStanding, "approved"), Assert.Single((await scene.LinesAsync(applicant)).Select(l => (l.Kind, l.Detail))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MessageAsync_OfAnAutomation_ReachesAccountOrStaffInTheirLanguage(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();

        await scene.WorkAsync(async (work, book) =>
        {
            await book.MessageAsync(work, scene.Admin.AccountId, language => "Call back (" + language + ")", scene.Client.AccountId, null, default);
            await book.MessageAsync(work, null, _ => "Look at this", scene.Client.AccountId, "//elsewhere.test", default);
        });

        var line = (await scene.LinesAsync(scene.Seller))[0];
        Assert.Equal(("Call back (en)", "Clara Client"), (line.Words, line.Name));
        Assert.StartsWith("/clients/", line.Href, StringComparison.Ordinal);
        var staff = Assert.Single(await scene.LinesAsync(scene.Support));
        Assert.Equal(("Look at this", "Clara Client", PortalUrls.SupportClient(scene.Client.AccountId!.Value)), (staff.Words, staff.Name, staff.Href));
        Assert.DoesNotContain(await scene.LinesAsync(scene.Finance), l => l.Kind is NotificationKind.Message);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lines_OfWhoChangedPartInTheAccount_AreWhatTheNewPartReads(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        var member = await scene.Portal.ReadAsync(db => db.Members.Where(m => m.UserId == scene.Seller.UserId && m.AccountId == scene.Admin.AccountId).Select(m => m.Id).SingleAsync());

        Assert.True((await scene.Portal.CallAsync<ChangeMemberRole, Result<Done>>(c => c.ExecuteAsync(member, MemberRole.Finance, scene.Admin, default))).Ok);

        var now = await new World(scene.Portal).AgainAsync(scene.Seller);
        Assert.Empty(await scene.LinesAsync(now));
        Assert.Equal(0, await scene.NewAsync(now));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AfterNinetyDays_Forgets(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(Notification.KeepDays + 1));

        await scene.Portal.CallAsync<ForgetNotifications, bool>(async f =>
        {
            await f.ExecuteAsync(default);
            return true;
        });

        Assert.Empty(await scene.LinesAsync(scene.Admin));
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.Notifications.CountAsync()));
    }
}
