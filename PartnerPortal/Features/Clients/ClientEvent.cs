namespace PartnerPortal.Features.Clients;

public enum ClientEventKind
{
    Created,
    Invited,
    SentAgain,
    LinkFollowed,
    Registered,
    Joined,
    Confirmed,
    Declined,
    FirstSignedIn,
    Left,
    SwitchedAway,
    MovedAway,
    MovedHere,
    Lapsed,
    SharingStarted,
    SharingEnded,
    NoteChanged,
    Withdrawn,

    /// <summary>Undid that it had left or switched.</summary>
    Returned,
}

/// <summary>What happened to a line, as the partner may know it.</summary>
public sealed class ClientEvent
{
    private ClientEvent()
    {
    }

    public ClientEvent(ClientEventKind kind, DateTime at, string? detail) => (Kind, At, Detail) = (kind, at, detail);

    public long Id { get; private set; }

    public long RecordId { get; private set; }

    public ClientEventKind Kind { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>A name or a code that belongs in the sentence; null when it needs none.</summary>
    public string? Detail { get; private set; }

    internal void BelongTo(ClientRecord line) => RecordId = line.Id;
}
