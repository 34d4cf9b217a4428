using System.Collections.Concurrent;
using PartnerPortal.Data;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>
/// Lets purchases that come at the same moment share a transaction: whoever comes first takes all that wait with it, and while they wait for the disk the next ones gather. Who comes
/// alone waits for nobody. On SQLite there is one writer at a time anyhow; on PostgreSQL transactions that notify are committed one after the other, and what is looked up is looked up once for all.
/// Each is answered once its own is committed; where a group fails, each of it is tried alone, so that nobody fails by another.
/// </summary>
public sealed class GroupedPurchases(PortalDb portal)
{
    /// <summary>Purchases of one transaction at most, so that other writers get their turn.</summary>
    internal const int Most = 64;

    /// <summary>On PostgreSQL a transaction for two costs hardly more than one for one: so long at most the next waits for those that were answered just now and mostly ask again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<Waiting> _waiting = new();

    private Gathering? _gathering;
    private int _isLed;

    internal async Task<Result<Recorded>> RecordAsync(ToRecord one, CancellationToken ct)
    {
        // What staff enters may be refused after it was reckoned, and then nothing of its transaction stays.
        if (one.Actor.IsStaff)
        {
            return (await PurchaseGroup.RecordAsync(portal, [one], null, ct)).Results[0];
        }

        ct.ThrowIfCancellationRequested();
        var mine = new Waiting(one);
        _waiting.Enqueue(mine);
        Volatile.Read(ref _gathering)?.Look(_waiting.Count);
        Lead();
        return await mine.Answer.Task.WaitAsync(ct);
    }

    /// <summary>Begins to take what waits, unless somebody does.</summary>
    private void Lead()
    {
        if (Interlocked.Exchange(ref _isLed, 1) == 0)
        {
            _ = Task.Run(TakeAllAsync);
        }
    }

    private async Task TakeAllAsync()
    {
        var group = new List<Waiting>(Most);
        while (!_waiting.IsEmpty)
        {
            while (group.Count < Most && _waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }

            await TakeAsync(group);
            await GatherAsync(group.Count + _waiting.Count);
            group.Clear();
        }

        Volatile.Write(ref _isLed, 0);
        if (!_waiting.IsEmpty)
        {
            // It came between the last look and the end of the turn.
            Lead();
        }
    }

    /// <param name="all">As many as asked at the same time before.</param>
    private async Task GatherAsync(int all)
    {
        if (all == 1 || portal.HasOneWriter)
        {
            return;
        }

        var gathering = new Gathering(Math.Min(all, Most));
        Interlocked.Exchange(ref _gathering, gathering);
        gathering.Look(_waiting.Count);
        await Task.WhenAny(gathering.Done, Task.Delay(Patience));
        Interlocked.Exchange(ref _gathering, null);
    }

    private async Task TakeAsync(List<Waiting> group)
    {
        try
        {
            var done = await PurchaseGroup.RecordAsync(portal, group.ConvertAll(w => w.One), null, CancellationToken.None);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Answer.SetResult(done.Results[i]);
            }
        }
        catch (Exception) when (group.Count > 1)
        {
            // Whose fault it was shows when each is alone.
            foreach (var one in group)
            {
                await TakeAsync([one]);
            }
        }
        catch (Exception error)
        {
            group[0].Answer.SetException(error);
        }
    }

    private sealed class Gathering(int all)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Look(int waiting)
        {
            if (waiting >= all)
            {
                _done.TrySetResult();
            }
        }
    }

    private sealed record Waiting(ToRecord One)
    {
        public TaskCompletionSource<Result<Recorded>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
