namespace PartnerPortal.Email.Transports;

/// <summary>One mail, ready to go.</summary>
/// <param name="FromName">Display name of the sender.</param>
/// <param name="FromAddress">Address of the sender.</param>
/// <param name="ToName">May be empty.</param>
/// <param name="ToAddress">Address of the recipient.</param>
/// <param name="Subject">Not encoded.</param>
/// <param name="Body">Text and HTML with the same words.</param>
/// <param name="Language">IETF tag, for the Content-Language header.</param>
/// <param name="MessageId">Local part of the Message-ID; the same at every attempt.</param>
/// <param name="WrittenAt">UTC; when it was put into the outbox, the same at every attempt.</param>
/// <param name="UnsubscribeUrl">For the List-Unsubscribe header; null for none.</param>
public sealed record MailEnvelope(
    string FromName, string FromAddress, string ToName, string ToAddress, string Subject, MailBody Body, string Language, string MessageId, DateTime WrittenAt,
    string? UnsubscribeUrl = null);

/// <summary>Hands a mail over. Two exist: SMTP and a folder.</summary>
public interface IMailTransport
{
    /// <exception cref="MailNotSentException">It was not accepted.</exception>
    Task SendAsync(MailEnvelope mail, CancellationToken ct);

    /// <summary>Deletes what it keeps itself of mails that were handed over.</summary>
    /// <param name="messageIds">See <see cref="MailEnvelope"/>.</param>
    /// <param name="ct">Cancels.</param>
    Task ForgetAsync(IReadOnlyCollection<string> messageIds, CancellationToken ct);

    /// <summary>Deletes what a process that was killed while it handed a mail over left behind.</summary>
    Task TidyAsync(CancellationToken ct);
}

/// <summary>A mail was not accepted.</summary>
public sealed class MailNotSentException : Exception
{
    public MailNotSentException(string message, bool isFinal, Exception? inner = null)
        : base(message, inner) => IsFinal = isFinal;

    public MailNotSentException()
    {
    }

    public MailNotSentException(string message)
        : base(message)
    {
    }

    public MailNotSentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Trying again will not help: the address does not exist, or the server refuses it for good.</summary>
    public bool IsFinal { get; }
}
