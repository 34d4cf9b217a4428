using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PartnerPortal.Data;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

public sealed class VisitRecorderTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task RecordAsync_UnknownAccountInTheBatch_SaysNoAndWarns(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var log = new Warnings();
        using var recorder = new VisitRecorder(portal.Services.GetRequiredService<PreparedStatements>(), portal.Clock, log);
        await recorder.StartAsync(default);

        Assert.False(await recorder.RecordAsync(987654, null));

        Assert.Equal(1, log.Count);
        await recorder.StopAsync(default);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StopAsync_VisitsWaiting_CommitsThemFirst(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        using var recorder = new VisitRecorder(portal.Services.GetRequiredService<PreparedStatements>(), portal.Clock, new Warnings());
        await recorder.StartAsync(default);
        Assert.True(await recorder.RecordAsync(partner.AccountId!.Value, "fair"));

        var visits = Enumerable.Range(0, 499).Select(_ => recorder.RecordAsync(partner.AccountId!.Value, "fair")).ToList();
        await recorder.StopAsync(default);

        Assert.All(await Task.WhenAll(visits), Assert.True);
        Assert.Equal(500, await portal.ReadAsync(db => db.VisitCounts.Select(v => v.Count).SingleAsync()));
        Assert.False(await recorder.RecordAsync(partner.AccountId!.Value, "fair"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_DatabaseLocked_LeadsOnAndCountsWhenItCan(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var code = await world.CodeOfAsync(partner);
        var browser = SignedIn.Visitor(portal);
        await using (await LockAsync(portal))
        {
            using var response = await browser.GetAsync($"/r/{code}");

            Assert.Equal((HttpStatusCode.Redirect, $"/join/{code}"), (response.StatusCode, response.Headers.Location?.OriginalString));
        }

        Assert.True(await portal.Services.GetRequiredService<VisitRecorder>().RecordAsync(partner.AccountId!.Value, null));
        Assert.Equal(2, await portal.ReadAsync(db => db.VisitCounts.SumAsync(v => v.Count)));
    }

    private static async Task<IAsyncDisposable> LockAsync(TestPortal portal)
    {
        System.Data.Common.DbConnection connection = portal.Kind is DatabaseKind.Sqlite
            ? new SqliteConnection(portal.ConnectionString + ";Pooling=False")
            : new NpgsqlConnection(portal.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = portal.Kind is DatabaseKind.Sqlite ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE \"VisitCounts\" IN ACCESS EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private sealed class Warnings : ILogger<VisitRecorder>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Count += logLevel is LogLevel.Warning ? 1 : 0;
    }
}
