using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Program;

/// <summary>The current settings, kept in memory until they change on this node or, told by a signal, on another.</summary>
public sealed class ProgramSettingsSource : IDisposable
{
    public const string ChangedSignal = "program";

    private readonly PortalDb _portal;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<Page, bool> _pages = new();
    private volatile ProgramSettings? _current;
    private int _changes;

    public ProgramSettingsSource(PortalDb portal, Signals signals)
    {
        _portal = portal;
        _subscription = signals.Subscribe(ChangedSignal, _ =>
        {
            Interlocked.Increment(ref _changes);
            _current = null;
            foreach (var page in _pages.Keys)
            {
                page.Tell();
            }
        });
    }

    /// <summary>For open pages, which show the program's name. Not an event: leaving one takes as long as there are pages.</summary>
    /// <param name="changed">The settings are others now; on any thread.</param>
    public IDisposable OnChange(Action changed)
    {
        var page = new Page(this, changed);
        _pages[page] = true;
        return page;
    }

    /// <summary>The settings; do not change what is returned. Before the owner saved any, the defaults.</summary>
    public async ValueTask<ProgramSettings> GetAsync(CancellationToken ct = default)
    {
        if (_current is { } known)
        {
            return known;
        }

        var changes = Volatile.Read(ref _changes);
        await using var db = await _portal.ReadAsync(ct);
        var settings = await db.ProgramSettings.AsNoTracking().SingleOrDefaultAsync(ct) ?? new ProgramSettings();
        // What was read while somebody saved may be old already; then the next one reads again.
        if (changes == Volatile.Read(ref _changes))
        {
            _current = settings;
        }

        return settings;
    }

    public void Dispose() => _subscription.Dispose();

    private sealed class Page(ProgramSettingsSource source, Action changed) : IDisposable
    {
        public void Tell() => changed();

        public void Dispose() => source._pages.TryRemove(this, out _);
    }
}
