using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PartnerPortal.Tests.Support;

/// <summary>A webhook as it came.</summary>
public sealed record ToldWebhook(string Id, string Timestamp, string Signature, string Body, string Path, string ContentType)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonDocument.Parse(Body).RootElement);

    public JsonElement Json => _json.Value;

    public JsonElement Data => Json.GetProperty("data");

    public string Type => Json.GetProperty("type").GetString()!;
}

/// <summary>What a receiver says.</summary>
public sealed record SaidBack(int Status, string Body = "", string? Location = null);

/// <summary>Somebody's system that webhooks are sent to, on a port of this machine.</summary>
public sealed class WebhookTestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookTestServer(WebApplication app) => _app = app;

    /// <summary>All that came, whatever was said to it.</summary>
    public ConcurrentQueue<ToldWebhook> Received { get; } = [];

    /// <summary>How it answers; 200 unless a test says otherwise.</summary>
    public Func<ToldWebhook, CancellationToken, Task<SaidBack>> Answer { get; set; } = (_, _) => Task.FromResult(new SaidBack(200));

    public Uri Address => new(_app.Urls.First());

    /// <summary>For a portal that may call it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Webhooks:AllowedHosts"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Address.Port}"),
        ["Webhooks:TimeoutSeconds"] = "5",
    };

    public static async Task<WebhookTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new WebhookTestServer(builder.Build());
        server._app.MapPost("/{**path}", server.TakeAsync);
        await server._app.StartAsync();
        return server;
    }

    public void Say(int status, string body = "") => Answer = (_, _) => Task.FromResult(new SaidBack(status, body));

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var told = new ToldWebhook(request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString(), request.Headers["webhook-signature"].ToString(), body, request.Path, request.ContentType ?? "");
        Received.Enqueue(told);
        try
        {
            var said = await Answer(told, context.RequestAborted);
            response.StatusCode = said.Status;
            if (said.Location is not null)
            {
                response.Headers.Location = said.Location;
            }

            // A 204 takes no body, not even an empty one.
            if (said.Body.Length > 0)
            {
                await response.WriteAsync(said.Body, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever asked is gone.
        }
    }
}
