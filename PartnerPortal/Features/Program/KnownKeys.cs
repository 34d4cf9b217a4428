using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Program;

/// <summary>
/// The keys that were sent in the last seconds, so that a shop that tells one purchase after the other is not looked up each time. A revoked one is forgotten at once on the node that
/// revokes it and, told by a signal, on the others; where the signal is lost, when its seconds are over.
/// </summary>
public sealed class KnownKeys : IDisposable
{
    public const string ChangedSignal = "program-keys";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly PortalDb _portal;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private volatile ConcurrentDictionary<string, (ProgramKey Key, long ReadAt)> _keys = new(StringComparer.Ordinal);

    public KnownKeys(PortalDb portal, Signals signals, TimeProvider clock)
    {
        (_portal, _clock) = (portal, clock);
        _subscription = signals.Subscribe(ChangedSignal, _ => _keys = new(StringComparer.Ordinal));
    }

    /// <summary>Null when there is none, or it was revoked; that is not kept, so that guesses fill nothing.</summary>
    internal async ValueTask<ProgramKey?> FindAsync(string hash, CancellationToken ct)
    {
        // What is read while a key is revoked goes into what is forgotten then.
        var keys = _keys;
        if (keys.TryGetValue(hash, out var known) && _clock.GetElapsedTime(known.ReadAt) < Kept)
        {
            return known.Key;
        }

        var now = _clock.GetTimestamp();
        await using var db = await _portal.ReadAsync(ct);
        var found = await db.ProgramKeys.FirstOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, ct);
        if (found is null)
        {
            keys.TryRemove(hash, out _);
            return null;
        }

        keys[hash] = (found, now);
        return found;
    }

    public void Dispose() => _subscription.Dispose();
}
