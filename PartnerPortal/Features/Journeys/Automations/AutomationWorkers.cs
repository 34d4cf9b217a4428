using PartnerPortal.Data;
using PartnerPortal.Features.Automations;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>Runs <see cref="StartRuns"/> every second, as webhooks are queued.</summary>
public sealed class AutomationStartWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<AutomationStartWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<StartRuns>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="RunAutomations"/> as soon as something began, and looks for what has waited long enough.</summary>
public sealed class AutomationWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<AutomationWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string Signal => AutomationQueries.RunsSignal;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RunAutomations>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="StartSilentRuns"/> every ten minutes.</summary>
public sealed class SilenceWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<SilenceWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<StartSilentRuns>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="ForgetRefusedRuns"/> every hour.</summary>
public sealed class RunTidyWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<RunTidyWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<ForgetRefusedRuns>().ExecuteAsync(ct);
}
