using System.Collections.Concurrent;

namespace PartnerPortal.Data;

/// <summary>
/// Tells open pages and workers that something was committed. On one node by a call; on PostgreSQL also between nodes, see <c>PostgresSignalRelay</c>.
/// A signal says only that there is something to look up: a lost one costs time, never truth.
/// </summary>
public sealed class Signals(ILogger<Signals> logger)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, Action<string>>> _subscribers = new(StringComparer.Ordinal);

    /// <summary>Which process this is, so that it knows its own signals when they come back.</summary>
    public Guid Node { get; } = Guid.NewGuid();

    /// <param name="channel">"clients:42", "outbox" …</param>
    /// <param name="handler">Called with the signal's payload, on any thread; must be quick.</param>
    public IDisposable Subscribe(string channel, Action<string> handler)
    {
        var key = Guid.NewGuid();
        _subscribers.GetOrAdd(channel, _ => new ConcurrentDictionary<Guid, Action<string>>())[key] = handler;
        return new Subscription(() =>
        {
            if (_subscribers.TryGetValue(channel, out var handlers))
            {
                handlers.TryRemove(key, out _);
            }
        });
    }

    public void Publish(string channel, string payload)
    {
        if (!_subscribers.TryGetValue(channel, out var handlers))
        {
            return;
        }

        foreach (var handler in handlers.Values)
        {
            try
            {
                handler(payload);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // One page that fails must not keep the news from the others.
                logger.LogError(error, "A subscriber of {Channel} failed", channel);
            }
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
