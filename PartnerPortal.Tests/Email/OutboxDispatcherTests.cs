using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Email.Transports;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Email;

public sealed class OutboxDispatcherTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_EightWorkersOnOneDatabase_SendEachMessageOnce(DatabaseKind kind)
    {
        await using var server = new SmtpTestServer();
        await using var portal = await TestPortal.StartAsync(kind, settings: Mails.SmtpSettings(server));
        var ids = await portal.QueueAsync(200, secret: "k7q-m4x-wt9");
        var dispatchers = Enumerable.Range(0, 8).Select(_ => ActivatorUtilities.CreateInstance<OutboxDispatcher>(portal.Services)).ToList();

        var sent = await Task.WhenAll(dispatchers.Select(d => Task.Run(() => d.ExecuteAsync(default))));

        Assert.Equal(200, sent.Sum());
        Assert.Equal(200, server.Received.Count);
        Assert.Equal(200, server.Received.Select(m => m.Parsed["Message-ID"]).Distinct().Count());
        Assert.Equal(200, server.Received.Select(m => m.To).Distinct().Count());
        Assert.Equal(ids.Count, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.State == OutboxState.Sent && m.SealedBody == null && m.HeldBy == null && m.Attempts == 1)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ServerDownThenUp_TriesAgainLaterAndSends(DatabaseKind kind)
    {
        await using var server = new SmtpTestServer { Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) ? "421 4.3.2 closing" : null };
        await using var portal = await TestPortal.StartAsync(kind, settings: Mails.SmtpSettings(server));
        var id = (await portal.QueueAsync(1)).Single();

        Assert.Equal(0, await portal.SendAsync());
        var message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 1), (message.State, message.Attempts));
        Assert.InRange(message.NextAttemptAt - portal.Clock.Now, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.2));
        Assert.Contains("4.3.2", message.LastError, StringComparison.Ordinal);

        server.Answer = _ => null;
        Assert.Equal(0, await portal.SendAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(1.3));
        Assert.Equal(1, await portal.SendAsync());

        message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Sent, 2, null), (message.State, message.Attempts, message.LastError));
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task ExecuteAsync_NothingListens_FailsAfterTheLastPause()
    {
        var closed = new SmtpTestServer();
        await using var portal = await TestPortal.StartAsync(settings: Mails.SmtpSettings(closed));
        await closed.DisposeAsync();
        var id = (await portal.QueueAsync(1, secret: "k7q-m4x-wt9")).Single();
        var began = portal.Clock.Now;

        for (var attempt = 1; attempt <= RetrySchedule.Attempts; attempt++)
        {
            await portal.SendAsync();
            var now = await portal.MessageAsync(id);
            Assert.Equal(attempt, now.Attempts);
            portal.Clock.Advance(now.NextAttemptAt > portal.Clock.Now ? now.NextAttemptAt - portal.Clock.Now : TimeSpan.Zero);
        }

        var message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Failed, true), (message.State, message.CanRetry));
        Assert.NotNull(message.SealedBody);
        Assert.InRange(portal.Clock.Now - began, TimeSpan.FromHours(36), TimeSpan.FromHours(45));
    }

    [Fact]
    public async Task ExecuteAsync_UnknownRecipient_FailsAtOnceAndTheOthersGo()
    {
        await using var server = new SmtpTestServer { Answer = line => line.Contains("<person1@", StringComparison.Ordinal) ? "550 5.1.1 no such mailbox" : null };
        await using var portal = await TestPortal.StartAsync(settings: Mails.SmtpSettings(server));
        var ids = await portal.QueueAsync(3);

        Assert.Equal(2, await portal.SendAsync());

        var message = await portal.MessageAsync(ids[1]);
        Assert.Equal((OutboxState.Failed, 1), (message.State, message.Attempts));
        Assert.Contains("no such mailbox", message.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "530 5.7.0 sign in first")]
    [InlineData(".", "451 4.3.0 later")]
    [InlineData(".", "drop")]
    [InlineData("RCPT", "450 4.2.1 busy")]
    public async Task ExecuteAsync_WhatMayPass_IsTriedAgain(string command, string answer)
    {
        await using var server = new SmtpTestServer { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using var portal = await TestPortal.StartAsync(settings: Mails.SmtpSettings(server));
        var id = (await portal.QueueAsync(1)).Single();

        Assert.Equal(0, await portal.SendAsync());

        Assert.Equal(OutboxState.Pending, (await portal.MessageAsync(id)).State);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task ExecuteAsync_ServerNeverAnswers_GivesUpAtTheTimeout()
    {
        await using var server = new SmtpTestServer { Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "silence" : null };
        await using var portal = await TestPortal.StartAsync(settings: Mails.SmtpSettings(server, timeout: 1));
        var id = (await portal.QueueAsync(1)).Single();

        Assert.Equal(0, await portal.SendAsync().WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Contains("did not answer", (await portal.MessageAsync(id)).LastError, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_HeldByADeadWorker_IsSentWhenTheHoldRunsOut(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var id = (await portal.QueueAsync(1)).Single();
        await portal.ReadAsync(async db => await db.OutboxMessages.ExecuteUpdateAsync(m => m
            .SetProperty(x => x.HeldUntil, portal.Clock.Now.AddMinutes(2)).SetProperty(x => x.HeldBy, Guid.NewGuid())));

        Assert.Equal(0, await portal.SendAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await portal.SendAsync());

        Assert.Equal(OutboxState.Sent, (await portal.MessageAsync(id)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_CancelledWhileItIsSent_StaysCancelledAndWhatIsCancelledBeforeIsNotSent(DatabaseKind kind)
    {
        await using var server = new SmtpTestServer();
        await using var portal = await TestPortal.StartAsync(kind, settings: Mails.SmtpSettings(server));
        var ids = await portal.QueueAsync(2, secret: "k7q-m4x-wt9");
        await CancelAsync(portal, ids[0]);
        server.BeforeAccepting = () => CancelAsync(portal, ids[1]);

        await portal.SendAsync();

        Assert.Equal("person1@example.test", Assert.Single(server.Received).To);
        foreach (var id in ids)
        {
            var message = await portal.MessageAsync(id);
            Assert.Equal((OutboxState.Cancelled, null), (message.State, message.SealedBody));
        }
    }

    [Fact]
    public async Task ExecuteAsync_Stopped_ReleasesWhatItHeld()
    {
        await using var server = new SmtpTestServer { Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "silence" : null };
        await using var portal = await TestPortal.StartAsync(settings: Mails.SmtpSettings(server, timeout: 60));
        var id = (await portal.QueueAsync(1)).Single();
        using var stop = new CancellationTokenSource();
        server.Answer = line =>
        {
            if (!line.StartsWith("RCPT", StringComparison.Ordinal))
            {
                return null;
            }

            stop.CancelAfter(1);
            return "silence";
        };

        await portal.Services.GetRequiredService<OutboxDispatcher>().ExecuteAsync(stop.Token);

        var message = await portal.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, null, 0), (message.State, message.HeldUntil, message.Attempts));
    }

    [Fact]
    public async Task Worker_MessageQueued_SendsItWithoutBeingAsked()
    {
        await using var server = new SmtpTestServer();
        await using var portal = await TestPortal.StartAsync(workers: true, settings: Mails.SmtpSettings(server));

        await portal.QueueAsync(5);

        await server.WaitAsync(5, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Next_EachFailure_WaitsLongerAndGivesUpInTheEnd()
    {
        var now = new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);

        var pauses = Enumerable.Range(1, RetrySchedule.Attempts).Select(n => RetrySchedule.Next(n, now, 0) - now).ToList();

        Assert.Equal([1, 5, 15, 60, 180, 480, 1440], pauses[..^1].Select(p => p!.Value.TotalMinutes));
        Assert.Null(pauses[^1]);
        Assert.Equal(TimeSpan.FromMinutes(6), RetrySchedule.Next(2, now, 1) - now);
    }

    private static async Task CancelAsync(TestPortal portal, long id)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        (await work.Db.OutboxMessages.SingleAsync(m => m.Id == id)).Cancel();
        await work.CommitAsync(default);
    }
}
