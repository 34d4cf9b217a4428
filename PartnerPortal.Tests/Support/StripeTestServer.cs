using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace PartnerPortal.Tests.Support;

/// <summary>What the portal asked for.</summary>
public sealed record AskedSession(string Authorization, string Version, string IdempotencyKey, IReadOnlyDictionary<string, string> Form);

/// <summary>Answers to Checkout Sessions as Stripe does: the same key with the same form is the same session, with another form an error.</summary>
public sealed class StripeTestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Body, int Number)> _sessions = [];

    private StripeTestServer(WebApplication app) => _app = app;

    public ConcurrentQueue<AskedSession> Asked { get; } = [];

    /// <summary>Answers this instead.</summary>
    public (HttpStatusCode Status, string Body)? Answer { get; set; }

    public string Address => _app.Urls.First();

    /// <summary>For a portal that pays by it.</summary>
    public Dictionary<string, string> Settings => new() { ["Stripe:SecretKey"] = "sk_test_1", ["Stripe:WebhookSecret"] = "whsec_0123456789abcdef", ["Stripe:ApiAddress"] = Address, ["Stripe:CheckoutAddress"] = Address };

    public static async Task<StripeTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StripeTestServer(builder.Build());
        server._app.MapPost("/v1/checkout/sessions", server.AnswerAsync);
        server._app.MapGet("/c/pay/{session}", () => "Pay here");
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The address of a session's page.</summary>
    public Uri Page(int number) => new($"{Address}/c/pay/cs_test_{number}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var form = QueryHelpers.ParseQuery(body).ToDictionary(f => f.Key, f => f.Value.ToString());
        var key = request.Headers["Idempotency-Key"].ToString();
        Asked.Enqueue(new AskedSession(request.Headers.Authorization.ToString(), request.Headers["Stripe-Version"].ToString(), key, form));
        if (Answer is { } answer)
        {
            return Results.Content(answer.Body, "application/json", statusCode: (int)answer.Status);
        }

        var (before, number) = _sessions.GetOrAdd(key, _ => (body, _sessions.Count + 1));
        return before != body
            ? Results.Json(new { error = new { type = "idempotency_error" } }, statusCode: 400)
            : Results.Json(new { id = $"cs_test_{number}", @object = "checkout.session", url = Page(number).AbsoluteUri });
    }
}
