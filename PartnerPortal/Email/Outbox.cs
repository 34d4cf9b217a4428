using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Email;

/// <summary>Whom a mail goes to.</summary>
/// <param name="Address">E-mail address.</param>
/// <param name="Name">May be empty.</param>
/// <param name="Language">IETF tag; the content must be in it already.</param>
public sealed record MailRecipient(string Address, string Name, string Language);

/// <summary>A body with its secrets in clear; exists only encrypted in the outbox and in memory while it is sent.</summary>
public sealed record MailBody(string Text, string Html);

/// <summary>Puts messages into the outbox, in the transaction of what causes them.</summary>
public sealed class Outbox(IDataProtectionProvider protection)
{
    /// <summary>Published when there is something to send.</summary>
    public const string Signal = "outbox";

    /// <summary>Published, with the message's id, when one was sent or failed.</summary>
    public const string ChangedSignal = "outbox-changed";

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Outbox");

    /// <param name="work">The transaction of the cause.</param>
    /// <param name="kind">A name of <see cref="MailKinds"/>.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="brand">Head and foot.</param>
    /// <param name="content">What it says, in the recipient's language.</param>
    /// <param name="accountId">The account it is about.</param>
    /// <param name="causeId">The invitation it is sent for.</param>
    /// <param name="unsubscribeUrl">See <see cref="OutboxMessage.UnsubscribeUrl"/>.</param>
    public OutboxMessage Add(
        PortalTransaction work, string kind, MailRecipient to, MailBrand brand, MailContent content, long? accountId = null, long? causeId = null, string? unsubscribeUrl = null)
    {
        var full = MailRenderer.Render(content, brand, to.Language, maskSecrets: false);
        var masked = MailRenderer.Render(content, brand, to.Language, maskSecrets: true);
        var body = full == masked ? null : _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(full));
        var message = new OutboxMessage(kind, to.Address, to.Name, to.Language, content.Subject, masked.Text, masked.Html, body, null, accountId, causeId, work.Now, unsubscribeUrl);
        work.Db.OutboxMessages.Add(message);
        work.Signal(Signal);
        return message;
    }

    /// <summary>What was written for an invitation and not sent yet is not sent any more.</summary>
    public static async Task CancelAsync(PortalTransaction work, long causeId, CancellationToken ct)
    {
        foreach (var message in await work.Db.OutboxMessages.Where(m => m.CauseId == causeId && (m.State == OutboxState.Pending || m.State == OutboxState.Failed)).ToListAsync(ct))
        {
            message.Cancel();
        }
    }

    /// <summary>The body to send.</summary>
    /// <exception cref="MailErasedException">It was erased.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key it was sealed with is not there.</exception>
    public MailBody Open(OutboxMessage message) => message switch
    {
        { HasBody: false } => throw new MailErasedException(),
        { SealedBody: { } body } => JsonSerializer.Deserialize<MailBody>(_protector.Unprotect(body))
            ?? throw new InvalidOperationException("The message's body is empty."),
        _ => new MailBody(message.Text, message.Html),
    };
}

/// <summary>The message's text was erased: its secret after it was sent, or all of it after the retention period.</summary>
public sealed class MailErasedException() : InvalidOperationException("The text of this message was erased.");
