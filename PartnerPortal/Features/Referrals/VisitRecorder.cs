using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Counts visits through referral links. Many visits share one transaction: each request hands its visit over and waits until the batch that holds it is
/// committed. A visit is counted once or, when the database refuses, not at all; it is never counted twice.
/// </summary>
public sealed class VisitRecorder(PreparedStatements statements, TimeProvider clock, ILogger<VisitRecorder> logger) : BackgroundService
{
    /// <summary>Visits that wait at most; more make their requests wait.</summary>
    private const int Waiting = 4096;

    /// <summary>Visits in one transaction at most.</summary>
    private const int Batch = 1024;

    /// <summary>So long a visitor waits for the count. A visit that takes longer is still counted when its turn comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<Visit> _visits = Channel.CreateBounded<Visit>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    private PreparedConnection? _connection;

    /// <param name="accountId">Whose link it was.</param>
    /// <param name="source">As <see cref="ReferralSources.Normalize"/> gives it; null when the link had none.</param>
    /// <param name="ct">The visitor went away; a visit already handed over still counts.</param>
    /// <returns>False when the visit was not committed, or not in time; the log says why.</returns>
    public async Task<bool> RecordAsync(long accountId, string? source, CancellationToken ct)
    {
        var visit = new Visit(new VisitKey(accountId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), source ?? ""));
        try
        {
            if (!_visits.Writer.TryWrite(visit))
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(Patience);
                await _visits.Writer.WriteAsync(visit, patience.Token);
            }

            return await visit.Committed.Task.WaitAsync(Patience, ct);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("A visit to the link of account {AccountId} was not committed within {Patience}", accountId, Patience);
            return false;
        }
        catch (ChannelClosedException)
        {
            logger.LogWarning("A visit to the link of account {AccountId} came after the portal began to stop and is not counted", accountId);
            return false;
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // No more visits come in; those that wait are committed before the process ends.
        _visits.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Visit>(Batch);
        while (await _visits.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < Batch && _visits.Reader.TryRead(out var visit))
            {
                batch.Add(visit);
            }

            var committed = await CommitAsync(batch);
            foreach (var visit in batch)
            {
                visit.Committed.TrySetResult(committed);
            }

            batch.Clear();
        }

        await CloseAsync();
    }

    private async Task<bool> CommitAsync(List<Visit> batch)
    {
        try
        {
            var sql = new SqlText().Add("""INSERT INTO "VisitCounts" ("AccountId", "Day", "Source", "Count") VALUES """);
            // Always in the same order, so that two nodes cannot wait for each other's rows.
            var groups = batch.GroupBy(v => v.Key).OrderBy(g => g.Key.AccountId).ThenBy(g => g.Key.Day).ThenBy(g => g.Key.Source, StringComparer.Ordinal);
            foreach (var (index, group) in groups.Index())
            {
                sql.Add(index == 0 ? "(" : ", (").Listed([group.Key.AccountId, group.Key.Day, group.Key.Source, (long)group.Count()]).Add(")");
            }

            _connection ??= await statements.OpenRelaxedAsync(CancellationToken.None);
            await _connection.ExecuteAsync(
                sql.Add(""" ON CONFLICT ("AccountId", "Day", "Source") DO UPDATE SET "Count" = "VisitCounts"."Count" + excluded."Count" """), CancellationToken.None);
            return true;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            // A visitor's redirect is worth more than its count.
            logger.LogWarning(error, "{Count} visits could not be counted", batch.Count);
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

    private readonly record struct VisitKey(long AccountId, DateOnly Day, string Source);

    private sealed record Visit(VisitKey Key)
    {
        public TaskCompletionSource<bool> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
