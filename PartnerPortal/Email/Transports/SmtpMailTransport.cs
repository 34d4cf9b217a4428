using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using PartnerPortal.Startup;

namespace PartnerPortal.Email.Transports;

/// <summary>
/// Hands mail to an SMTP server, with STARTTLS and a password where set. It stands on System.Net.Mail because MailKit, which Microsoft recommends, is
/// not on every package feed; this file is all that a change to MailKit
/// would touch. What it cannot do: implicit TLS (port 465),
/// and a server that takes passwords only by AUTH PLAIN, not by AUTH LOGIN.
/// </summary>
public sealed class SmtpMailTransport(IOptions<MailOptions> options) : IMailTransport
{
    /// <summary>What a server took is no more in our hands.</summary>
    public Task ForgetAsync(IReadOnlyCollection<string> messageIds, CancellationToken ct) => Task.CompletedTask;

    public Task TidyAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task SendAsync(MailEnvelope mail, CancellationToken ct)
    {
        var settings = options.Value;
        using var message = MailComposer.Compose(mail);
        // A client a mail: it carries one at a time, and a server may close an idle connection.
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            // Without STARTTLS on the server's side it fails; it never goes on in clear.
            EnableSsl = settings.StartTls,
            UseDefaultCredentials = false,
            Credentials = settings.User.Length > 0 ? new NetworkCredential(settings.User, settings.Password) : null,
            DeliveryFormat = MailComposer.Format(mail),
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            // The client's own timeout does not hold for asynchronous sending, and a connect in progress does not hear the token.
            await client.SendMailAsync(message, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new MailNotSentException($"The mail server did not answer within {settings.TimeoutSeconds} seconds.", isFinal: false, error);
        }
        catch (SmtpException error)
        {
            throw new MailNotSentException(Words(error), IsFinal(error), error);
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            throw new MailNotSentException(Words(error), isFinal: false, error);
        }
    }

    /// <summary>
    /// RFC 5321, 4.2.1: 5yz is a permanent refusal. Only that of the recipient is taken for final: the same codes as an answer to the greeting or to the
    /// sender are about our server or settings, the client does not say which command they answered, and all mail would be given up at once.
    /// </summary>
    private static bool IsFinal(SmtpException error) => error is SmtpFailedRecipientException && (int)error.StatusCode is 501 or >= 550 and <= 556;

    private static string Words(Exception error) =>
        error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message;
}
