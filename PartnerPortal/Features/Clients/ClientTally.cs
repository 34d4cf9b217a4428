namespace PartnerPortal.Features.Clients;

/// <summary>
/// How many lines of a status a partner's list has, so that no page counts them. Triggers of the database keep it, in the transaction of the change; nothing else
/// writes it. The number is the sum over all slots: on PostgreSQL each connection counts in one of its own, so that two transactions never wait for each other here.
/// </summary>
public sealed class ClientTally
{
    private ClientTally()
    {
    }

    public long PartnerId { get; private set; }

    public ClientStatus Status { get; private set; }

    public int Slot { get; private set; }

    /// <summary>May be negative in one slot; the sum never is.</summary>
    public int Count { get; private set; }
}

/// <summary>How many lines of a partner's list bear a tag; see <see cref="ClientTally"/>.</summary>
public sealed class ClientTagTally
{
    private ClientTagTally()
    {
    }

    public long PartnerId { get; private set; }

    public string Name { get; private set; } = "";

    public int Slot { get; private set; }

    public int Count { get; private set; }
}
