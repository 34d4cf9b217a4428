namespace PartnerPortal.Features.Referrals;

/// <summary>Which count a visit is added to.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Source">Empty when the link had none.</param>
internal readonly record struct VisitKey(long AccountId, DateOnly Day, string Source);

/// <summary>Visits that are committed together and have one answer. Filled under the recorder's lock, and no more once the recorder took it.</summary>
internal sealed class VisitBatch : IDisposable
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _timer;

    /// <param name="patience">After so long all that wait are told that they were not committed in time.</param>
    /// <param name="logger">Is told so, too.</param>
    public VisitBatch(TimeSpan patience, ILogger logger) => _timer = new Timer(
        _ =>
        {
            if (_answer.TrySetResult(false))
            {
                logger.LogWarning("Visits to referral links were not committed within {Patience}", patience);
            }
        },
        null, patience, Timeout.InfiniteTimeSpan);

    public Dictionary<VisitKey, long> Counts { get; } = [];

    public long Visits => Counts.Values.Sum();

    /// <returns>Whether it was committed in time.</returns>
    public Task<bool> Add(VisitKey key)
    {
        Counts[key] = Counts.GetValueOrDefault(key) + 1;
        return _answer.Task;
    }

    public void Answer(bool isCommitted)
    {
        Dispose();
        _answer.TrySetResult(isCommitted);
    }

    /// <summary>Nobody looks at the clock for it any more.</summary>
    public void Dispose() => _timer.Dispose();
}
