namespace PartnerPortal.Features.Clients;

/// <summary>
/// How often a client bought in one currency while it was a partner's, and what that earned the partner; so that no page counts purchases. Triggers of the database keep it, in the transaction of
/// the change; nothing else writes it. Until when the client paid stands in its line (<see cref="ClientRecord.PaidUntil"/>).
/// </summary>
public sealed class ClientMoneyTally
{
    private ClientMoneyTally()
    {
    }

    /// <summary>The account that was the first level of the purchases.</summary>
    public long PartnerId { get; private set; }

    /// <summary>The account that bought.</summary>
    public long ClientId { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Those that were refunded, too.</summary>
    public int Purchases { get; private set; }

    /// <summary>Less what refunds took back; minor units, held, available or paid.</summary>
    public long Earned { get; private set; }
}
