using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;
using PartnerPortal.Email;
using PartnerPortal.Email.Transports;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Email;

/// <summary>Trust in a server's certificate is a matter of the whole process, so these tests do not run beside others that use it.</summary>
public sealed class SmtpMailTransportTests
{
    private static readonly Lock Trusting = new();
    private static readonly HashSet<string> Trusted = [];

    private static readonly MailEnvelope Mail = new(
        "Fernhill – Partner", "hallo@fernhill.test", "Zoë \"Zo\" Łukasz, Dr.", "zoe@example.test", "Tu cuenta está lista — ¡entra!",
        MailRenderer.Render(Mails.Content("Asunto", "k7q-m4x-wt9-hrd-3vn-b6c"), Mails.Brand, "es", maskSecrets: false),
        "es", "0123456789abcdef0123456789abcdef", new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc));

    [Fact]
    public async Task SendAsync_StartTlsAndPassword_ArrivesWhole()
    {
        await using var server = new SmtpTestServer(startTls: true) { Account = ("portal", "pässwörd") };
        Trust(server);

        await Transport(server, "portal", "pässwörd").SendAsync(Mail, default);

        var received = Assert.Single(server.Received);
        Assert.Equal((true, "portal", "hallo@fernhill.test", "zoe@example.test"), (received.WasEncrypted, received.User, received.From, received.To));
        AssertWhole(received.Parsed);
    }

    [Fact]
    public async Task SendAsync_CertificateNobodyTrusts_SendsNothing()
    {
        await using var server = new SmtpTestServer(startTls: true) { Account = ("portal", "secret") };

        var error = await Assert.ThrowsAsync<MailNotSentException>(() => Transport(server, "portal", "secret").SendAsync(Mail, default));

        Assert.False(error.IsFinal);
        Assert.Equal(0, server.Begun);
    }

    [Fact]
    public async Task SendAsync_ServerWithoutStartTls_DoesNotGoOnInClear()
    {
        await using var server = new SmtpTestServer { Account = ("portal", "secret") };

        var error = await Assert.ThrowsAsync<MailNotSentException>(() => Transport(server, "portal", "secret").SendAsync(Mail, default));

        Assert.False(error.IsFinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task SendAsync_WrongPassword_IsNotTheMessagesFault()
    {
        await using var server = new SmtpTestServer(startTls: true) { Account = ("portal", "secret") };
        Trust(server);

        var error = await Assert.ThrowsAsync<MailNotSentException>(() => Transport(server, "portal", "wrong").SendAsync(Mail, default));

        Assert.False(error.IsFinal);
        Assert.DoesNotContain("wrong\"", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such mailbox", true)]
    [InlineData("RCPT", "553 5.1.3 bad address", true)]
    [InlineData(".", "554 5.6.0 refused", false)]
    [InlineData("RCPT", "452 4.2.2 full", false)]
    [InlineData("DATA", "421 4.3.2 closing", false)]
    [InlineData("EHLO", "554 not you", false)]
    public async Task SendAsync_ServerRefuses_TellsForGoodFromForNow(string command, string answer, bool final)
    {
        await using var server = new SmtpTestServer { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };

        var error = await Assert.ThrowsAsync<MailNotSentException>(() => Transport(server, tls: false).SendAsync(Mail, default));

        Assert.Equal(final, error.IsFinal);
    }

    [Fact]
    public async Task SendAsync_LinesWithDotsAndLongLines_ArriveUnchanged()
    {
        await using var server = new SmtpTestServer();
        var text = ".\n..two\nends with a space \n" + new string('ñ', 900) + "\n=3D = equals\n\tTab\nlast";
        var mail = Mail with { Body = new MailBody(text + "\n", "<p>.</p>\n.\n" + new string('y', 2000) + "\n") };

        await Transport(server, tls: false).SendAsync(mail, default);

        var parsed = Assert.Single(server.Received).Parsed;
        Assert.Equal(mail.Body.Text, parsed.Text);
        Assert.Equal(mail.Body.Html, parsed.Html);
        Assert.All(Assert.Single(server.Received).Source.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Theory]
    [InlineData("Eve\r\nBcc: all@example.test")]
    [InlineData("Eve\nX-Evil: 1")]
    [InlineData("Eve\u2028X-Evil: 1\r\n\r\nbody")]
    public async Task SendAsync_LineBreaksInNames_MakeNoHeader(string name)
    {
        await using var server = new SmtpTestServer();

        await Transport(server, tls: false).SendAsync(Mail with { ToName = name, FromName = name, Subject = name, Language = "en\r\nX-Evil: 1" }, default);

        var parsed = Assert.Single(server.Received).Parsed;
        Assert.DoesNotContain("Bcc", parsed.Headers.Keys);
        Assert.DoesNotContain("X-Evil", parsed.Headers.Keys);
        Assert.StartsWith("Eve ", parsed["Subject"], StringComparison.Ordinal);
        AssertBodies(parsed);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b.test\r\nRCPT TO:<c@d.test>")]
    [InlineData("a@b.test, c@d.test")]
    [InlineData("")]
    public async Task SendAsync_NoAddress_FailsForGood(string address)
    {
        await using var server = new SmtpTestServer();

        var error = await Assert.ThrowsAsync<MailNotSentException>(() => Transport(server, tls: false).SendAsync(Mail with { ToAddress = address }, default));

        Assert.True(error.IsFinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task SendAsync_DomainWithUmlaut_IsWrittenInAscii()
    {
        await using var server = new SmtpTestServer();

        await Transport(server, tls: false).SendAsync(Mail with { ToAddress = "info@bücher.test", FromAddress = "wir@müller.test" }, default);

        var received = Assert.Single(server.Received);
        Assert.Equal(("info@xn--bcher-kva.test", "<0123456789abcdef0123456789abcdef@xn--mller-kva.test>"), (received.To, received.Parsed["Message-ID"]));
    }

    internal static void AssertWhole(ParsedMail parsed)
    {
        Assert.Equal(Mail.Subject, parsed["Subject"]);
        Assert.Equal("\"Fernhill – Partner\" <hallo@fernhill.test>", parsed["From"].Contains('"') ? parsed["From"] : "\"" + parsed["From"].Replace(" <", "\" <"));
        Assert.Contains("Zoë", parsed["To"], StringComparison.Ordinal);
        Assert.Contains("Łukasz, Dr.", parsed["To"], StringComparison.Ordinal);
        Assert.Equal("<0123456789abcdef0123456789abcdef@fernhill.test>", parsed["Message-ID"]);
        Assert.Equal("es", parsed["Content-Language"]);
        Assert.Equal("auto-generated", parsed["Auto-Submitted"]);
        Assert.True(DateTimeOffset.TryParse(parsed["Date"], System.Globalization.CultureInfo.InvariantCulture, out _), parsed["Date"]);
        Assert.Equal("1.0", parsed["MIME-Version"]);
        AssertBodies(parsed);
    }

    internal static MailEnvelope Envelope => Mail;

    private static void AssertBodies(ParsedMail parsed)
    {
        Assert.Equal(Mail.Body.Text.TrimEnd('\n'), parsed.Text.TrimEnd('\n'));
        Assert.Equal(Mail.Body.Html.TrimEnd('\n'), parsed.Html.TrimEnd('\n'));
        Assert.Contains("k7q-m4x-wt9-hrd-3vn-b6c", parsed.Text, StringComparison.Ordinal);
    }

    private static SmtpMailTransport Transport(SmtpTestServer server, string user = "", string password = "", bool tls = true) => new(Options.Create(new MailOptions
    {
        Transport = "Smtp",
        Host = "localhost",
        Port = server.Port,
        StartTls = tls,
        User = user,
        Password = password,
        TimeoutSeconds = 10,
    }));

    /// <summary>As an administrator trusts a certificate of the firm's own: exactly this one, whatever else is wrong stays wrong.</summary>
    private static void Trust(SmtpTestServer server)
    {
        lock (Trusting)
        {
            Trusted.Add(server.Certificate!.Thumbprint);
#pragma warning disable SYSLIB0014 // SmtpClient has no other place for it.
            ServicePointManager.ServerCertificateValidationCallback ??= (_, certificate, _, errors) =>
                errors is SslPolicyErrors.None || (errors is SslPolicyErrors.RemoteCertificateChainErrors && IsTrusted(certificate?.GetCertHashString()));
#pragma warning restore SYSLIB0014
        }
    }

    private static bool IsTrusted(string? thumbprint)
    {
        lock (Trusting)
        {
            return thumbprint is not null && Trusted.Contains(thumbprint);
        }
    }
}
