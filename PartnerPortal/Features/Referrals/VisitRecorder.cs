using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Counts visits through referral links. Visits that come while others are committed share the next transaction: each request adds its visit to those that wait, and is answered when
/// they are committed. A visit is counted once or, when the database refuses, not at all; it is never counted twice.
/// </summary>
public sealed class VisitRecorder(PreparedStatements statements, TimeProvider clock, ILogger<VisitRecorder> logger) : BackgroundService
{
    /// <summary>Links, days and sources in one transaction at most.</summary>
    private const int Most = 1024;

    /// <summary>So long a visitor waits for the count at most. A visit that takes longer is still counted when its turn comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<VisitBatch> _batches = Channel.CreateUnbounded<VisitBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private VisitBatch? _open;
    private PreparedConnection? _connection;

    /// <param name="accountId">Whose link it was.</param>
    /// <param name="source">As <see cref="ReferralSources.Normalize"/> gives it; null when the link had none.</param>
    /// <returns>False when the visit was not committed, or not in time; the log says why.</returns>
    public Task<bool> RecordAsync(long accountId, string? source)
    {
        var key = new VisitKey(accountId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), source ?? "");
        lock (_gate)
        {
            if (_open is null || (_open.Counts.Count >= Most && !_open.Counts.ContainsKey(key)))
            {
                var batch = new VisitBatch(Patience, logger);
                if (!_batches.Writer.TryWrite(batch))
                {
                    batch.Answer(false);
                    logger.LogWarning("A visit to the link of account {AccountId} came after the portal began to stop and is not counted", accountId);
                    return Task.FromResult(false);
                }

                _open = batch;
            }

            return _open.Add(key);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // No more visits come in; those that wait are committed before the process ends.
        _batches.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var batch in _batches.Reader.ReadAllAsync(CancellationToken.None))
        {
            lock (_gate)
            {
                _open = _open == batch ? null : _open;
            }

            batch.Answer(await CommitAsync(batch));
        }

        await CloseAsync();
    }

    private async Task<bool> CommitAsync(VisitBatch batch)
    {
        try
        {
            var sql = new SqlText().Add("""INSERT INTO "VisitCounts" ("AccountId", "Day", "Source", "Count") VALUES """);
            // Always in the same order, so that two nodes cannot wait for each other's rows.
            foreach (var (index, (key, count)) in batch.Counts.OrderBy(g => g.Key.AccountId).ThenBy(g => g.Key.Day).ThenBy(g => g.Key.Source, StringComparer.Ordinal).Index())
            {
                sql.Add(index == 0 ? "(" : ", (").Listed([key.AccountId, key.Day, key.Source, count]).Add(")");
            }

            _connection ??= await statements.OpenRelaxedAsync(CancellationToken.None);
            await _connection.ExecuteAsync(
                sql.Add(""" ON CONFLICT ("AccountId", "Day", "Source") DO UPDATE SET "Count" = "VisitCounts"."Count" + excluded."Count" """), CancellationToken.None);
            return true;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            // A visitor's redirect is worth more than its count.
            logger.LogWarning(error, "{Count} visits could not be counted", batch.Visits);
            await CloseAsync();
            return false;
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
