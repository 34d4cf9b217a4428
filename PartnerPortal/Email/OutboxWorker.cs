using PartnerPortal.Data;

namespace PartnerPortal.Email;

/// <summary>Sends mail as soon as there is some. Several run in a process, so that one slow recipient does not hold up the rest.</summary>
public sealed class OutboxWorker(OutboxDispatcher dispatcher, Signals signals, TimeProvider clock, ILogger<OutboxWorker> logger)
    : SpacedWorker(signals, clock, logger)
{
    /// <summary>How many run beside each other; more would only be turned away by a mail server.</summary>
    public const int Count = 4;

    protected override string Signal => Outbox.Signal;

    /// <summary>How late a repeated attempt, or what a dead process left, can be.</summary>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(15);

    protected override Task WorkAsync(CancellationToken ct) => dispatcher.ExecuteAsync(ct);
}
