namespace PartnerPortal.Email;

public enum OutboxState
{
    Pending,
    Sent,

    /// <summary>Given up after the last attempt; support may retry it.</summary>
    Failed,

    /// <summary>Overtaken by a newer message before it was sent.</summary>
    Cancelled,
}

/// <summary>A message to be sent at least once. Written in the transaction of what caused it.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    public OutboxMessage(string kind, string toAddress, string toName, string language, string subject, string text, string html, byte[]? sealedBody, string? messageId, long? accountId, long? causeId, DateTime now, string? unsubscribeUrl = null)
    {
        Kind = kind;
        ToAddress = toAddress;
        ToName = toName;
        Language = language;
        Subject = subject;
        Text = text;
        Html = html;
        SealedBody = sealedBody;
        HadSecret = sealedBody is not null;
        MessageId = messageId ?? Guid.NewGuid().ToString("N");
        AccountId = accountId;
        CauseId = causeId;
        UnsubscribeUrl = unsubscribeUrl;
        CreatedAt = now;
        NextAttemptAt = now;
    }

    public long Id { get; private set; }

    /// <summary>A name of <see cref="MailKinds"/>.</summary>
    public string Kind { get; private set; } = "";

    public string ToAddress { get; private set; } = "";

    public string ToName { get; private set; } = "";

    public string Language { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Plain text; with secrets masked when <see cref="SealedBody"/> is or was set. Empty after the retention period.</summary>
    public string Text { get; private set; } = "";

    /// <summary>HTML; masked likewise.</summary>
    public string Html { get; private set; } = "";

    /// <summary>The encrypted body with its secrets; erased as soon as it was sent. Null when the message has none.</summary>
    public byte[]? SealedBody { get; private set; }

    public bool HadSecret { get; private set; }

    /// <summary>The local part of the Message-ID header; the same at every attempt, so that a receiver can tell a repetition.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>The account it is about; null when about none.</summary>
    public long? AccountId { get; private set; }

    /// <summary>The invitation it was sent for; null when for none.</summary>
    public long? CauseId { get; private set; }

    /// <summary>Where a mail program stops such mail with one click (RFC 8058); null where mail cannot be stopped.</summary>
    public string? UnsubscribeUrl { get; private set; }

    public OutboxState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime NextAttemptAt { get; private set; }

    /// <summary>A worker holds the message until then; null when none does.</summary>
    public DateTime? HeldUntil { get; private set; }

    /// <summary>Which worker.</summary>
    public Guid? HeldBy { get; private set; }

    public DateTime? SentAt { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>There is a body to send: a message whose text was erased has none any more.</summary>
    public bool CanRetry => State is OutboxState.Failed && HasBody;

    /// <summary>What was written is still there: a secret is erased once sent, the rest after the retention period.</summary>
    public bool HasBody => Text.Length > 0 && (!HadSecret || SealedBody is not null);

    /// <summary>The transport took it.</summary>
    public void Sent(DateTime now)
    {
        Attempts++;
        State = OutboxState.Sent;
        SentAt = now;
        SealedBody = null;
        HeldUntil = null;
        HeldBy = null;
        LastError = null;
    }

    /// <summary>An attempt failed. Null as <paramref name="nextAttemptAt"/> gives up.</summary>
    public void Fail(string error, DateTime? nextAttemptAt)
    {
        Attempts++;
        LastError = error.Length > 500 ? error[..500] : error;
        HeldUntil = null;
        HeldBy = null;
        if (nextAttemptAt is { } at)
        {
            NextAttemptAt = at;
        }
        else
        {
            State = OutboxState.Failed;
        }
    }

    public bool Retry(DateTime now)
    {
        if (!CanRetry)
        {
            return false;
        }

        State = OutboxState.Pending;
        Attempts = 0;
        NextAttemptAt = now;
        return true;
    }

    /// <summary>The worker stops before the transport answered: another may take it at once.</summary>
    public void Release()
    {
        HeldUntil = null;
        HeldBy = null;
    }

    /// <summary>A new message with the same words; a bug to ask for of one that had a secret.</summary>
    public OutboxMessage Copy(DateTime now) => HadSecret || Text.Length == 0
        ? throw new InvalidOperationException("What was erased cannot be sent again.")
        : new OutboxMessage(Kind, ToAddress, ToName, Language, Subject, Text, Html, null, null, AccountId, CauseId, now, UnsubscribeUrl);

    /// <summary>The retention period is over: what it said goes, that it was there stays. One that waits to be sent keeps its text.</summary>
    public bool Erase()
    {
        if (State is OutboxState.Pending || Text.Length == 0)
        {
            return false;
        }

        Text = "";
        Html = "";
        SealedBody = null;
        return true;
    }

    /// <summary>A newer message took its place; its secret is erased with it.</summary>
    public void Cancel()
    {
        if (State is OutboxState.Pending or OutboxState.Failed)
        {
            State = OutboxState.Cancelled;
            SealedBody = null;
        }
    }
}
