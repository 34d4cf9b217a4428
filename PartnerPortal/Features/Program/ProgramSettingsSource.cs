using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Program;

/// <summary>The current settings, kept in memory until they change on this node or, told by a signal, on another.</summary>
public sealed class ProgramSettingsSource : IDisposable
{
    public const string ChangedSignal = "program";

    private readonly PortalDb _portal;
    private readonly IDisposable _subscription;
    private volatile ProgramSettings? _current;
    private int _changes;

    public ProgramSettingsSource(PortalDb portal, Signals signals)
    {
        _portal = portal;
        _subscription = signals.Subscribe(ChangedSignal, _ =>
        {
            Interlocked.Increment(ref _changes);
            _current = null;
            Changed?.Invoke();
        });
    }

    /// <summary>The settings are others now; on any thread. For open pages, which show the program's name.</summary>
    public event Action? Changed;

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
}
