using PartnerPortal.Data;
using PartnerPortal.Email.Transports;

namespace PartnerPortal.Email;

/// <summary>At the start and every ten minutes, deletes what a killed process left of mail that it was handing over.</summary>
public sealed class MailTidyWorker(IMailTransport transport, Signals signals, TimeProvider clock, ILogger<MailTidyWorker> logger)
    : SpacedWorker(signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task WorkAsync(CancellationToken ct) => transport.TidyAsync(ct);
}
