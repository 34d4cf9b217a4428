using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PartnerPortal.Tests.Support;

/// <summary>What a mail server accepted.</summary>
/// <param name="Source">The message as RFC 5322 has it, dots unstuffed, in Latin-1 so that each byte is a character.</param>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipient.</param>
/// <param name="WasEncrypted">It came through STARTTLS.</param>
/// <param name="User">Who signed in; null when nobody did.</param>
public sealed record ReceivedMail(string Source, string From, string To, bool WasEncrypted, string? User)
{
    public ParsedMail Parsed => ParsedMail.Read(Source);
}

/// <summary>A small real mail server on a port of the system's choice: RFC 5321 with STARTTLS, AUTH LOGIN, and the faults a test asks for.</summary>
public sealed class SmtpTestServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _accepting;
    private volatile int _begun;

    public SmtpTestServer(bool startTls = false)
    {
        Certificate = startTls ? SelfSigned() : null;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public X509Certificate2? Certificate { get; }

    /// <summary>User and password that it asks for; null lets anybody send.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>The answer to a command ("RCPT TO:&lt;…&gt;", "DATA", "." for the end of the message); null for the usual one, "drop" ends the line without a word, "silence" never answers.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Awaited before a message is accepted, after it was received.</summary>
    public Func<Task> BeforeAccepting { get; set; } = () => Task.CompletedTask;

    public IReadOnlyCollection<ReceivedMail> Received => _received;

    /// <summary>How many messages were begun to be received.</summary>
    public int Begun => _begun;

    /// <summary>Waits until so many more messages have been received in full.</summary>
    public async Task WaitAsync(int count, TimeSpan atMost)
    {
        using var deadline = new CancellationTokenSource(atMost);
        for (var i = 0; i < count; i++)
        {
            await _arrived.WaitAsync(deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        Certificate?.Dispose();
        _stop.Dispose();
        _arrived.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Conversation(this, client.GetStream()).RunAsync(_stop.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away, distrusted the certificate, or the test is over.
            }
        }
    }

    private sealed class Conversation(SmtpTestServer server, Stream stream)
    {
        private Stream _stream = stream;
        private StreamReader _reader = Reader(stream);
        private bool _encrypted;
        private string? _user;
        private string _from = "";
        private string _to = "";

        public async Task RunAsync(CancellationToken ct)
        {
            await SayAsync("220 test ESMTP", ct);
            while (await _reader.ReadLineAsync(ct) is { } line)
            {
                switch (server.Answer(line))
                {
                    case "drop":
                        return;
                    case "silence":
                        await Task.Delay(Timeout.Infinite, ct);
                        break;
                    case { } answer:
                        await SayAsync(answer, ct);
                        break;
                    default:
                        if (!await ObeyAsync(line, ct))
                        {
                            return;
                        }

                        break;
                }
            }
        }

        private static StreamReader Reader(Stream stream) => new(stream, Encoding.Latin1, false, 4096, leaveOpen: true);

        private async Task<bool> ObeyAsync(string line, CancellationToken ct)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(Greeting(), ct);
                    break;
                case "STARTTLS" when server.Certificate is { } certificate:
                    await SayAsync("220 go ahead", ct);
                    var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct);
                    (_stream, _reader, _encrypted) = (tls, Reader(tls), true);
                    break;
                case "AUTH":
                    await SignInAsync(line, ct);
                    break;
                case "MAIL" when server.Account is not null && _user is null:
                    await SayAsync("530 5.7.0 sign in first", ct);
                    break;
                case "MAIL":
                    _from = Between(line);
                    await SayAsync("250 ok", ct);
                    break;
                case "RCPT":
                    _to = Between(line);
                    await SayAsync("250 ok", ct);
                    break;
                case "DATA":
                    await SayAsync("354 go on", ct);
                    return await ReceiveAsync(ct);
                case "QUIT":
                    await SayAsync("221 bye", ct);
                    return false;
                case "RSET" or "NOOP":
                    await SayAsync("250 ok", ct);
                    break;
                default:
                    await SayAsync("502 what?", ct);
                    break;
            }

            return true;
        }

        private string Greeting() => (server.Certificate is not null, _encrypted, server.Account is not null) switch
        {
            (true, false, _) => "250-test\r\n250 STARTTLS",
            (_, _, true) => "250-test\r\n250 AUTH LOGIN",
            _ => "250 test",
        };

        private async Task SignInAsync(string line, CancellationToken ct)
        {
            var words = line.Split(' ');
            var user = words.Length > 2 ? Decode(words[2]) : await AskAsync("VXNlcm5hbWU6", ct);
            var password = await AskAsync("UGFzc3dvcmQ6", ct);
            var good = server.Account == (user, password);
            _user = good ? user : null;
            await SayAsync(good ? "235 welcome" : "535 5.7.8 wrong user or password", ct);
        }

        private async Task<string> AskAsync(string question, CancellationToken ct)
        {
            await SayAsync("334 " + question, ct);
            return Decode(await _reader.ReadLineAsync(ct) ?? "");
        }

        private async Task<bool> ReceiveAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref server._begun);
            var source = new StringBuilder();
            while (await _reader.ReadLineAsync(ct) is { } line)
            {
                if (line == ".")
                {
                    await server.BeforeAccepting();
                    var answer = server.Answer(".");
                    if (answer is "drop")
                    {
                        return false;
                    }

                    if (answer is null or ['2', ..])
                    {
                        server._received.Enqueue(new ReceivedMail(source.ToString(), _from, _to, _encrypted, _user));
                        server._arrived.Release();
                    }

                    await SayAsync(answer ?? "250 queued", ct);
                    return true;
                }

                source.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return false;
        }

        private async Task SayAsync(string answer, CancellationToken ct)
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), ct);
            await _stream.FlushAsync(ct);
        }

        private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

        private static string Between(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
    }
}
