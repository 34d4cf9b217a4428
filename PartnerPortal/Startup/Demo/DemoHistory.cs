using PartnerPortal.Data;

namespace PartnerPortal.Startup.Demo;

/// <summary>What happened with the demo's money, each on its day and in the order of time, so that books and charts look as if it had been.</summary>
internal sealed class DemoHistory(PortalTransaction work)
{
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTime At, int Number)> _coming = new();
    private readonly DateTime _today = work.Now;

    /// <summary>What would happen only after today is left out.</summary>
    public void On(DateTime at, Func<CancellationToken, Task> act)
    {
        if (at < _today)
        {
            _coming.Enqueue(act, (at, _coming.Count));
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (_coming.TryDequeue(out var act, out var when))
        {
            work.Replay(when.At);
            await act(ct);
        }

        work.Replay(_today);
    }
}
