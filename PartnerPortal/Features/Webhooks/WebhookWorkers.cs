using PartnerPortal.Data;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Runs <see cref="QueueDeliveries"/> every second: a signal with each purchase would cost the purchase more than this look does.</summary>
public sealed class WebhookQueueWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<WebhookQueueWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<QueueDeliveries>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="WebhookDispatcher"/> as soon as something is queued, and looks for what is due again.</summary>
public sealed class WebhookWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<WebhookWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string Signal => QueueDeliveries.Signal;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<WebhookDispatcher>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="ForgetDeliveries"/> every hour.</summary>
public sealed class WebhookTidyWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<WebhookTidyWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<ForgetDeliveries>().ExecuteAsync(ct);
}
