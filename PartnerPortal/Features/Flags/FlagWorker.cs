using PartnerPortal.Data;

namespace PartnerPortal.Features.Flags;

/// <summary>Runs <see cref="RaiseFlags"/> every ten minutes. What may be looked at is not available before its holding period is over in any case.</summary>
public sealed class FlagWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<FlagWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RaiseFlags>().ExecuteAsync(ct);
}
