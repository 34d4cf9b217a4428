using PartnerPortal.Data;

namespace PartnerPortal.Features.Journeys;

/// <summary>Runs <see cref="ProvisionInvitations"/> as soon as something is queued.</summary>
public sealed class InvitationWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<InvitationWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string Signal => ProvisionInvitations.Signal;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(15);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<ProvisionInvitations>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="LapseInvitations"/> every hour, and as soon as an invitation was withdrawn.</summary>
public sealed class LapseWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<LapseWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => LapseInvitations.Signal;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<LapseInvitations>().ExecuteAsync(ct);
}

/// <summary>Looks every minute whether mail of invitations was given up.</summary>
public sealed class BounceWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<BounceWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<MailReports.NoteGivenUpMail>().ExecuteAsync(ct);
}

/// <summary>Runs <see cref="RunRetention"/> once a day.</summary>
public sealed class RetentionWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<RetentionWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromDays(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RunRetention>().ExecuteAsync(ct);
}
