namespace PartnerPortal.Email;

/// <summary>How a message can be sent once more.</summary>
public enum SendAgainWay
{
    /// <summary>As a copy with the same words.</summary>
    Copy,

    /// <summary>Its invitation is queued again: a new mail, with new credentials where it has some; the old ones stop working.</summary>
    Invitation,

    /// <summary>Not: it waits to be sent anyway.</summary>
    StillWaiting,

    /// <summary>Not: what was in it opened something for its reader alone and was erased; the reader asks for a new one.</summary>
    ReaderAsks,

    /// <summary>Not: its text was erased after the retention period.</summary>
    Erased,
}

internal static class SendAgainRule
{
    public static SendAgainWay Of(OutboxMessage message) => message switch
    {
        { State: OutboxState.Pending } => SendAgainWay.StillWaiting,
        { Kind: MailKinds.AccountReady or MailKinds.Invitation or MailKinds.JoinRequest, CauseId: not null } => SendAgainWay.Invitation,
        { HadSecret: true } => SendAgainWay.ReaderAsks,
        { Text.Length: 0 } => SendAgainWay.Erased,
        _ => SendAgainWay.Copy,
    };
}
