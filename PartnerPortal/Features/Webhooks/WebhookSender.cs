using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Features.Webhooks;

/// <summary>What came of an attempt.</summary>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Problem">Null when it was accepted: any status from 200 to 299.</param>
/// <param name="Text">The beginning of the answer.</param>
/// <param name="DurationMs">Until the answer, or the end of patience.</param>
public sealed record WebhookAnswer(int? Status, DeliveryProblem? Problem, string Text, int DurationMs)
{
    /// <summary>So much of an answer is kept; characters.</summary>
    public const int TextLength = 4000;

    /// <summary>The receiver wants no more (Standard Webhooks, RFC 9110 15.5.11).</summary>
    public bool IsGone => Status == 410;
}

/// <summary>A message ready to be sent.</summary>
/// <param name="Secrets">The one in force first; one more while it is being changed.</param>
public sealed record WebhookMessage(string Url, string Id, string Body, IReadOnlyList<string> Secrets);

/// <summary>Posts one message as Standard Webhooks describes, and says what came of it. Nothing is thrown but what is a bug, and the end of the process.</summary>
public sealed class WebhookSender(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>How long an attempt takes at most.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    public async Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var request = Request(message);
            using var response = await clients.CreateClient(WebhookConnections.ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var (status, duration) = ((int)response.StatusCode, Since(started));
            DeliveryProblem? problem = status switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 => DeliveryProblem.Redirect,
                _ => DeliveryProblem.Status,
            };
            return new WebhookAnswer(status, problem, await BeginningAsync(response, patience.Token), duration);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new WebhookAnswer(null, DeliveryProblem.Timeout, "", Since(started));
        }
        catch (HttpRequestException error)
        {
            return new WebhookAnswer(null, ProblemOf(error), "", Since(started));
        }
    }

    private HttpRequestMessage Request(WebhookMessage message)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(message.Url)) { Content = new StringContent(message.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        // One header with spaces between signatures, of which one has to fit.
        request.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', message.Secrets.Select(s => WebhookSecret.Sign(s, message.Id, now, message.Body))));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PartnerPortal", "1.0"));
        return request;
    }

    /// <summary>No more than is kept is read, however much is sent or however slowly: the status has decided already.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(WebhookAnswer.TextLength);
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            while (length < WebhookAnswer.TextLength && await stream.ReadAsync(bytes.AsMemory(length, WebhookAnswer.TextLength - length), ct) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            // What came until then is kept.
        }

        // A database takes no zero character in a text, and half a character at the end is none.
        var text = Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal);
        ArrayPool<byte>.Shared.Return(bytes);
        return text.TrimEnd('\uFFFD');
    }

    private static DeliveryProblem ProblemOf(HttpRequestException error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressRefusedException:
                    return DeliveryProblem.AddressRefused;
                case HostUnknownException:
                    return DeliveryProblem.HostUnknown;
                case AuthenticationException:
                    return DeliveryProblem.Certificate;
            }
        }

        return DeliveryProblem.Connection;
    }

    private static int Since(long started) => (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
