using PartnerPortal.Data;

namespace PartnerPortal.Features.Notifications;

/// <summary>Runs <see cref="MakeNotifications"/> every two seconds: a signal with each purchase would cost the purchase more than this look does.</summary>
public sealed class NotificationWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<NotificationWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<MakeNotifications>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="SendDigests"/> every five minutes, and forgets what is old.</summary>
public sealed class DigestWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<DigestWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(5);

    protected override async Task WorkAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<SendDigests>().ExecuteAsync(ct);
        await services.GetRequiredService<ForgetNotifications>().ExecuteAsync(ct);
    }
}
