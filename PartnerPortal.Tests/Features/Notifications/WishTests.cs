using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Notifications;

/// <summary>What one wants by mail, at once or once a day.</summary>
public sealed class WishTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ClientJoined_WhoWantsNoMail_GetsNoneAndTheOthersDo(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        var second = await new World(scene.Portal).ColleagueAsync(scene.Admin, "Adam Admin", Identity.MemberRole.Admin, "adam@nordwind.test");
        await scene.WishAsync(scene.Admin, NotificationKind.ClientJoined, inPortal: false, MailWish.Never);

        await scene.JoinAsync();

        Assert.Equal(["adam@nordwind.test"], await scene.MailsAsync("client-joined"));
        // The client's own confirmation is no matter of taste.
        Assert.Equal(["clara@client.test"], await scene.MailsAsync("partner-confirmed"));
        Assert.Empty(await scene.LinesAsync(scene.Admin));
        Assert.Single(await scene.LinesAsync(second));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ClientLeft_WhoWantsItDaily_GetsItInTheMailOfTheDayAlone(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.WishAsync(scene.Admin, NotificationKind.ClientLeft, inPortal: false, MailWish.Daily);
        await scene.JoinAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null((await scene.Portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(scene.Client, default))).Error);
        await scene.TellAsync();

        Assert.Empty(await scene.MailsAsync("client-left"));
        Assert.DoesNotContain(await scene.LinesAsync(scene.Admin), l => l.Kind is NotificationKind.ClientLeft);
        await MorningAsync(scene);
        Assert.Equal(1, await scene.DigestAsync());
        var mail = await scene.Portal.ReadAsync(db => db.OutboxMessages.SingleAsync(m => m.Kind == "digest"));
        Assert.Equal("admin@nordwind.test", mail.ToAddress);
        Assert.Contains("is no longer your client", mail.Text, StringComparison.Ordinal);
        Assert.Contains("is no longer your client", mail.Html, StringComparison.Ordinal);
        Assert.EndsWith("/one-click", mail.UnsubscribeUrl, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SendDigests_TwoWorkersAtOnce_WriteOneADay(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.WishAsync(scene.Finance, NotificationKind.Purchase, inPortal: true, MailWish.Daily);
        await scene.JoinAsync();
        await scene.BuyAsync("a-1", "a-2");
        await scene.TellAsync();
        await MorningAsync(scene);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(scene.DigestAsync)));

        Assert.Equal(1, sent.Sum());
        Assert.Single(await scene.MailsAsync("digest"));
        // What comes later on that day is in the next one's.
        await scene.BuyAsync("a-3");
        await scene.TellAsync();
        Assert.Equal(0, await scene.DigestAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await scene.DigestAsync());
        Assert.Equal([2, 1], await scene.Portal.ReadAsync(db => db.Notifications.Where(n => n.Kind == NotificationKind.Purchase).OrderBy(n => n.Id).Select(n => n.Count).ToListAsync()));
        // Nothing happened: nothing is sent.
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await scene.DigestAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SendDigests_InTheReadersMorning_NotBefore(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.WishAsync(scene.Admin, NotificationKind.ClientJoined, inPortal: true, MailWish.Daily, "America/New_York");
        await scene.JoinAsync();
        var eight = scene.Portal.Clock.Now.Date.AddDays(1).AddHours(SendDigests.Hour);

        // At eight of the morning in UTC it is night there.
        scene.Portal.Clock.Advance(eight - scene.Portal.Clock.Now);
        Assert.Equal(0, await CountOfDayAsync(scene, eight));
        scene.Portal.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal(1, await scene.DigestAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StopMails_ByTheLinkOfTheDailyMail_StopsItAndTakesItBack(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.WishAsync(scene.Admin, NotificationKind.ClientJoined, inPortal: true, MailWish.Daily);
        await scene.JoinAsync();
        await MorningAsync(scene);
        Assert.Equal(1, await scene.DigestAsync());
        var url = await scene.Portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == "digest").Select(m => m.UnsubscribeUrl!).SingleAsync());
        using var browser = scene.Portal.CreateClient();

        // A mail program posts; somebody who opens it is only asked.
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync(new Uri(url).PathAndQuery)).StatusCode);
        var token = new Uri(url).AbsolutePath.Split('/')[3];
        Assert.False((await scene.Portal.CallAsync<MailStopQueries, MailStop?>(q => q.FindAsync(token, default)))!.IsStopped);
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.PostAsync(new Uri(url).PathAndQuery, form)).StatusCode);
        Assert.True((await scene.Portal.CallAsync<MailStopQueries, MailStop?>(q => q.FindAsync(token, default)))!.IsStopped);

        var other = await new World(scene.Portal).PersonAsync("Otto Other");
        await scene.Access.JoinAsync(scene.Admin, other);
        await scene.TellAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await scene.DigestAsync());
        Assert.True((await scene.Portal.CallAsync<StopMails, Result<Done>>(s => s.ExecuteAsync(token, false, default))).Ok);
        await scene.Access.JoinAsync(scene.Admin, await new World(scene.Portal).PersonAsync("Nora Next"));
        await scene.TellAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await scene.DigestAsync());
        Assert.Equal(2, (await scene.MailsAsync("digest")).Count);
        // A link that nobody sealed stops nothing.
        Assert.IsType<NoSuchStop>((await scene.Portal.CallAsync<StopMails, Result<Done>>(s => s.ExecuteAsync(token[..^2] + "xx", true, default))).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ShortMailAtOnce_SaysTheLineAndHowToStopIt(DatabaseKind kind)
    {
        await using var scene = await NotificationScene.StartAsync(kind);
        await scene.JoinAsync();
        await scene.WishAsync(scene.Finance, NotificationKind.Purchase, inPortal: false, MailWish.AtOnce);

        await scene.BuyAsync("a-1");
        await scene.TellAsync();

        var mail = await scene.Portal.ReadAsync(db => db.OutboxMessages.SingleAsync(m => m.Kind == "notification"));
        Assert.Equal("fiona@nordwind.test", mail.ToAddress);
        Assert.StartsWith("Clara Client bought for", mail.Subject, StringComparison.Ordinal);
        Assert.Empty(await scene.LinesAsync(scene.Finance));
        var token = new Uri(mail.UnsubscribeUrl!).AbsolutePath.Split('/')[3];
        Assert.True((await scene.Portal.CallAsync<StopMails, Result<Done>>(s => s.ExecuteAsync(token, true, default))).Ok);
        await scene.BuyAsync("a-2");
        await scene.TellAsync();
        Assert.Single(await scene.MailsAsync("notification"));
    }

    [Fact]
    public void Wishes_ByDefault_AreQuiet()
    {
        foreach (var kind in NotificationKinds.All)
        {
            var wish = NotificationWish.DefaultOf(kind);
            Assert.Equal(NotificationKinds.MailOf(kind) is NotificationMail.Brief, wish.Mail is MailWish.Never);
            Assert.Equal(wish, NotificationWish.Read(kind, null));
            Assert.Equal(wish, NotificationWish.Read(kind, "what is this"));
            Assert.Equal(new NotificationWish(!wish.InPortal, MailWish.Daily), NotificationWish.Read(kind, new NotificationWish(!wish.InPortal, MailWish.Daily).Write()));
        }

        Assert.False(NotificationWish.DefaultOf(NotificationKind.Purchase).InPortal);
        Assert.True(NotificationWish.DefaultOf(NotificationKind.PayoutFailed).InPortal);
    }

    private static Task MorningAsync(NotificationScene scene)
    {
        var morning = scene.Portal.Clock.Now.Date.AddDays(1).AddHours(SendDigests.Hour);
        scene.Portal.Clock.Advance(morning - scene.Portal.Clock.Now);
        return Task.CompletedTask;
    }

    /// <summary>Mails of the calendar day that began in New York, where it may still be the day before.</summary>
    private static async Task<int> CountOfDayAsync(NotificationScene scene, DateTime at)
    {
        var day = DateOnly.FromDateTime(at);
        await scene.DigestAsync();
        return await scene.Portal.ReadAsync(db => db.NotificationDigests.CountAsync(d => d.Day == day));
    }
}
