namespace PartnerPortal.Data;

/// <summary>
/// A loop that does its work when a signal says so, and at an interval in case a signal was lost or another node gave it. What fails is logged and tried again.
/// </summary>
public abstract class SpacedWorker(Signals signals, TimeProvider clock, ILogger logger) : BackgroundService
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>The signal to listen to; null when there is none.</summary>
    protected abstract string? Signal { get; }

    protected abstract TimeSpan Interval { get; }

    protected abstract Task WorkAsync(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = Signal is { } signal ? signals.Subscribe(signal, _ => Wake()) : null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                logger.LogError(error, "{Worker} failed and tries again", GetType().Name);
            }

            await PauseAsync(stoppingToken);
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task PauseAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wake = _wake.WaitAsync(either.Token);
        var pause = Task.Delay(Interval, clock, either.Token);
        await Task.WhenAny(wake, pause);
        await either.CancelAsync();
        // A wake that came with the cancellation is kept for the next round by the semaphore itself.
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is to wake up already.
        }
    }
}
