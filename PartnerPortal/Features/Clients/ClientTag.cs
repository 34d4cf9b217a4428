namespace PartnerPortal.Features.Clients;

/// <summary>A word by which a partner groups its clients.</summary>
public sealed class ClientTag
{
    private ClientTag()
    {
    }

    public ClientTag(string name) => Name = name;

    public long Id { get; private set; }

    public long RecordId { get; private set; }

    public string Name { get; private set; } = "";

    internal void BelongTo(ClientRecord line) => RecordId = line.Id;
}
