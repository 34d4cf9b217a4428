namespace PartnerPortal.Features.Events;

/// <summary>How far somebody has read what happened.</summary>
public sealed class EventCursor
{
    private EventCursor()
    {
    }

    internal EventCursor(string reader, long position) => (Reader, Position) = (reader, position);

    /// <summary>Who reads: "webhooks", "automations" …</summary>
    public string Reader { get; private set; } = "";

    /// <summary>The last audit entry that was looked at.</summary>
    public long Position { get; private set; }
}
