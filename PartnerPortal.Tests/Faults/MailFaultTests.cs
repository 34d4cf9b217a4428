using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Tests.Email;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

public sealed class MailFaultTests
{
    private const string Secret = "k7q-m4x-wt9-hrd-3vn-b6c";

    [Theory, OnSqlite, OnPostgres]
    public async Task KilledWhileSending_StartedAgain_LosesNothing(DatabaseKind kind)
    {
        const int Messages = 40;
        await using var portal = await AtRealTimeAsync(kind);
        await portal.QueueAsync(Messages, Secret);
        var held = new SemaphoreSlim(0);
        await using var server = new SmtpTestServer();
        // The first ten go through; then the server has each message in full, but says nothing yet.
        server.BeforeAccepting = () => server.Received.Count < 10 ? Task.CompletedTask : held.WaitAsync();
        int beforeTheKill;
        await using (var portalProcess = await PortalProcess.StartAsync(portal, Mails.SmtpSettings(server)))
        {
            await server.WaitAsync(10, TimeSpan.FromSeconds(30));
            await Eventually.IsAsync(() => server.Begun >= 10 + OutboxWorker.Count);
            await portalProcess.KillAsync();
            beforeTheKill = server.Begun;
        }

        // The server had accepted those in flight: it delivers them although nobody heard its answer.
        held.Release(beforeTheKill);
        server.BeforeAccepting = () => Task.CompletedTask;
        Assert.InRange(await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.State == OutboxState.Pending && m.HeldBy != null)), 1, OutboxWorker.Count);
        // What was held becomes free with time; the time is moved instead of waited for.
        await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.HeldUntil != null).ExecuteUpdateAsync(m => m.SetProperty(x => x.HeldUntil, DateTime.UtcNow.AddSeconds(-1))));
        await using (await PortalProcess.StartAsync(portal, Mails.SmtpSettings(server)))
        {
            await Eventually.IsAsync(async () => await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.State == OutboxState.Sent)) == Messages);
        }

        var arrived = server.Received.GroupBy(m => m.Parsed["Message-ID"]).ToList();
        Assert.Equal(Messages, arrived.Count);
        Assert.Equal(Messages, server.Received.Select(m => m.To).Distinct().Count());
        Assert.All(arrived, same => Assert.Single(same.Select(m => m.To).Distinct()));
        Assert.InRange(server.Received.Count, Messages, Messages + OutboxWorker.Count);
        Assert.Equal(Messages, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.SealedBody == null && m.Attempts == 1)));
    }

    [Fact]
    public async Task SecretInAMail_IsNeverClearInTheDatabaseNorInTheLog()
    {
        await using var portal = await AtRealTimeAsync(DatabaseKind.Sqlite);
        var id = (await portal.QueueAsync(1, Secret)).Single();
        Assert.Contains(Secret, portal.Services.GetRequiredService<Outbox>().Open(await portal.MessageAsync(id)).Text, StringComparison.Ordinal);
        AssertNotInDatabase(portal);
        await using var server = new SmtpTestServer();
        var refused = false;
        // Fails once with the whole message in hand, so that the log has something to say.
        server.Answer = line => line == "." && !refused && (refused = true) ? "451 4.3.0 later" : null;
        var settings = Mails.SmtpSettings(server);
        settings["Logging:LogLevel:Default"] = "Trace";
        settings["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace";

        await using var process = await PortalProcess.StartAsync(portal, settings);
        await Eventually.IsAsync(async () => (await portal.MessageAsync(id)).Attempts == 1);
        await portal.ReadAsync(db => db.OutboxMessages.ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAttemptAt, DateTime.UtcNow.AddSeconds(-1))));
        await server.WaitAsync(1, TimeSpan.FromSeconds(30));
        await Eventually.IsAsync(async () => (await portal.MessageAsync(id)).State is OutboxState.Sent);

        Assert.Contains(Secret, server.Received.Single().Parsed.Text, StringComparison.Ordinal);
        Assert.Contains("was not sent at attempt 1", process.Output, StringComparison.Ordinal);
        Assert.Contains("OutboxMessages", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("person0@example.test", process.Output, StringComparison.Ordinal);
        await process.KillAsync();
        AssertNotInDatabase(portal);
        Assert.Null((await portal.MessageAsync(id)).SealedBody);
        await portal.ReadAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));
        AssertNotInDatabase(portal);
    }

    [Theory, OnPostgres]
    public async Task DiskFull_MessageIsKeptWithItsReasonAndNoHalfFileIsLeft(DatabaseKind kind)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A process that may write files of 2 KB and no more meets in the middle of a mail what a full disk says. Its database is on a server, so only mail is hit;
        // the runtime's own memory file is switched off.
        await using var portal = await AtRealTimeAsync(kind);
        var id = (await portal.QueueAsync(1)).Single();
        await using (var limited = await PortalProcess.StartAsync(portal, [], ["/usr/bin/env", "DOTNET_EnableWriteXorExecute=0", "/bin/sh", "-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"]))
        {
            await Eventually.IsAsync(async () => (await portal.MessageAsync(id)).Attempts == 1);
        }

        var message = await portal.MessageAsync(id);
        Assert.Equal(OutboxState.Pending, message.State);
        Assert.Contains("folder", message.LastError, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(portal.MailFolder));
    }

    /// <summary>The process has the real clock, so what is queued for it must be due by that.</summary>
    private static async Task<TestPortal> AtRealTimeAsync(DatabaseKind kind)
    {
        var portal = await TestPortal.StartAsync(kind);
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        return portal;
    }

    private static void AssertNotInDatabase(TestPortal portal)
    {
        var file = new SqliteConnectionStringBuilder(portal.ConnectionString).DataSource;
        foreach (var path in new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0, "The secret stands in " + path);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Secret)) < 0, "The secret stands in " + path);
        }
    }
}
