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

    public ProgramSettingsSource(PortalDb portal, Signals signals)
    {
        _portal = portal;
        _subscription = signals.Subscribe(ChangedSignal, _ => _current = null);
    }

    /// <summary>The settings; do not change what is returned. Before the owner saved any, the defaults.</summary>
    public async ValueTask<ProgramSettings> GetAsync(CancellationToken ct = default)
    {
        if (_current is { } known)
        {
            return known;
        }

        await using var db = await _portal.ReadAsync(ct);
        var settings = await db.ProgramSettings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new ProgramSettings();
        return _current = settings;
    }

    public void Dispose() => _subscription.Dispose();
}
