using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Counts visits through referral links. Many visits share one transaction: each request hands its visit over and waits until the batch that holds it is
/// committed. A visit is counted once or, when the database refuses, not at all; it is never counted twice.
/// </summary>
public sealed class VisitRecorder(PortalDb portal, TimeProvider clock, ILogger<VisitRecorder> logger) : BackgroundService
{
    /// <summary>Visits that wait at most; more make their requests wait.</summary>
    private const int Waiting = 4096;

    /// <summary>Visits in one transaction at most.</summary>
    private const int Batch = 1024;

    /// <summary>So long a visitor waits for the count. A visit that takes longer is still counted when its turn comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<Visit> _visits = Channel.CreateBounded<Visit>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    /// <param name="accountId">Whose link it was.</param>
    /// <param name="source">As <see cref="ReferralSources.Normalize"/> gives it; null when the link had none.</param>
    /// <param name="ct">The visitor went away; a visit already handed over still counts.</param>
    /// <returns>False when the visit was not committed, or not in time; the log says why.</returns>
    public async Task<bool> RecordAsync(long accountId, string? source, CancellationToken ct)
    {
        var visit = new Visit(new VisitKey(accountId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), source ?? ""));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await _visits.Writer.WriteAsync(visit, patience.Token);
            return await visit.Committed.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
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
    }

    private async Task<bool> CommitAsync(List<Visit> batch)
    {
        try
        {
            await using var work = await portal.BeginAsync(CancellationToken.None);
            // Always in the same order, so that two nodes cannot wait for each other's rows.
            foreach (var group in batch.GroupBy(v => v.Key).OrderBy(g => g.Key.AccountId).ThenBy(g => g.Key.Day).ThenBy(g => g.Key.Source, StringComparer.Ordinal))
            {
                var (accountId, day, source) = group.Key;
                var count = (long)group.Count();
                await work.Db.Database.ExecuteSqlAsync($"""
                    INSERT INTO "VisitCounts" ("AccountId", "Day", "Source", "Count") VALUES ({accountId}, {day}, {source}, {count})
                    ON CONFLICT ("AccountId", "Day", "Source") DO UPDATE SET "Count" = "VisitCounts"."Count" + excluded."Count"
                    """);
            }

            await work.CommitAsync(CancellationToken.None);
            return true;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            // A visitor's redirect is worth more than its count.
            logger.LogWarning(error, "{Count} visits could not be counted", batch.Count);
            return false;
        }
    }

    private readonly record struct VisitKey(long AccountId, DateOnly Day, string Source);

    private sealed record Visit(VisitKey Key)
    {
        public TaskCompletionSource<bool> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
