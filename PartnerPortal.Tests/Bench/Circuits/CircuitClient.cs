using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>
/// One open interactive page, without a browser: it speaks with the server as <c>blazor.web.js</c> does, over a WebSocket. With a <see cref="Screen"/> it knows what the page shows
/// and clicks on it; without one it only acknowledges what is drawn.
/// </summary>
internal sealed class CircuitClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly HttpMessageInvoker _http;
    private readonly Uri _root;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource<string> _circuit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CircuitScript _script;
    private Task _reading = Task.CompletedTask;
    private (Func<RenderBatch, bool> IsIt, TaskCompletionSource<long> Drawn)? _awaited;
    private Exception? _failed;
    private int _calls;

    private CircuitClient(HttpMessageInvoker http, Uri page, bool withScreen)
    {
        (_http, _root, _script) = (http, new Uri(page, "/"), new CircuitScript(page));
        Screen = withScreen ? new Screen() : null;
        // As browsers do; a server that has compression off does not take it up.
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
    }

    /// <summary>Null where it was not asked for.</summary>
    public Screen? Screen { get; }

    /// <summary>Names of the browser functions that the server called so far, for a look at what a page does.</summary>
    public IReadOnlyCollection<string> Called => _script.Called;

    /// <summary>Opens a page and waits until it is live.</summary>
    /// <param name="side">Which.</param>
    /// <param name="withScreen">Keep what the page shows.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<CircuitClient> OpenAsync(PageSide side, bool withScreen, CancellationToken ct)
    {
        var answer = await CircuitPage.GetAsync(side.Http, side.Page, side.Cookie, ct);
        var client = new CircuitClient(side.Http, side.Page, withScreen);
        try
        {
            var drawn = client.Await(side.IsThere);
            await client.ConnectAsync(side, ct);
            await client.SendAsync(PackWriter.Invoke("0", "StartCircuit", client._root.ToString(), side.Page.ToString(), "[]", answer.State), ct);
            await client._circuit.Task.WaitAsync(Patience, ct);
            await client.SendAsync(PackWriter.Invoke(null, "UpdateRootComponents", answer.Operations, answer.State), ct);
            await drawn.WaitAsync(Patience, ct);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clicks and waits until the answer is drawn.</summary>
    /// <param name="handler">Of the element, see <see cref="Node.Handler"/>.</param>
    /// <param name="isAnswer">The batch to wait for.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> ClickAsync(ulong handler, Func<RenderBatch, bool> isAnswer, CancellationToken ct)
    {
        var drawn = Await(isAnswer);
        var arguments = $$"""
            [{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{"detail":1,"screenX":1,"screenY":1,"clientX":1,"clientY":1,"offsetX":1,"offsetY":1,"pageX":1,"pageY":1,"movementX":0,"movementY":0,"button":0,"buttons":0,"ctrlKey":false,"shiftKey":false,"altKey":false,"metaKey":false,"type":"click"}]
            """;
        var start = Stopwatch.GetTimestamp();
        await SendAsync(PackWriter.Invoke(null, "BeginInvokeDotNetFromJS", $"{++_calls}", null, "DispatchEventAsync", _script.Renderer, arguments), ct);
        return Stopwatch.GetElapsedTime(start, await drawn.WaitAsync(Patience, ct));
    }

    /// <summary>Leaves the page as a browser does: the server is told, and lets the circuit go at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_circuit.Task.IsCompletedSuccessfully && _failed is null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(_circuit.Task.Result), "circuitId" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, "_blazor/disconnect")) { Content = form };
            using var answer = await _http.SendAsync(request, CancellationToken.None);
        }

        await _gone.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _gone.Dispose();
    }

    private Task<long> Await(Func<RenderBatch, bool> isIt)
    {
        var drawn = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = (isIt, drawn);
        if (_failed is not null)
        {
            drawn.TrySetException(_failed);
        }

        return drawn.Task;
    }

    private async Task ConnectAsync(PageSide side, CancellationToken ct)
    {
        if (side.Cookie is not null)
        {
            _socket.Options.SetRequestHeader("Cookie", side.Cookie);
        }

        var query = side.Negotiates ? "id=" + Uri.EscapeDataString(await NegotiateAsync(side.Cookie, ct)) : "";
        await _socket.ConnectAsync(new UriBuilder(new Uri(_root, "_blazor")) { Scheme = "ws", Query = query }.Uri, ct);
        await SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), ct);
        var handshake = new byte[256];
        var received = await _socket.ReceiveAsync(handshake.AsMemory(), ct);
        if (!handshake.AsSpan(0, received.Count).SequenceEqual("{}\u001e"u8))
        {
            throw new InvalidOperationException("The server refused the protocol.");
        }

        _reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    /// <returns>The connection's token.</returns>
    private async Task<string> NegotiateAsync(string? cookie, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, "_blazor/negotiate?negotiateVersion=1"));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await _http.SendAsync(request, ct);
        using var negotiated = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonDocument>(ct);
        return negotiated!.RootElement.GetProperty("connectionToken").GetString()!;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var incoming = new CircuitStream(_socket);
            while (await incoming.NextAsync(_gone.Token) is { } message)
            {
                await HearAsync(message);
            }

            throw new InvalidOperationException("The server ended the connection.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Who waits, or asks next, is told.
            _failed = error;
            _circuit.TrySetException(error);
            _awaited?.Drawn.TrySetException(error);
            _ = _circuit.Task.Exception;
            _ = _awaited?.Drawn.Task.Exception;
        }
    }

    private Task HearAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new PackReader(message.Span);
        reader.ArrayLength();
        switch (reader.Number())
        {
            case 1:
                return CalledAsync(message, ref reader);
            case 3:
                reader.EmptyMap();
                reader.Text();
                _circuit.TrySetResult((reader.Number() == 3 ? reader.Text() : null) ?? throw new InvalidOperationException("The server refused the circuit."));
                return Task.CompletedTask;
            case 6:
                return SendAsync(PackWriter.Ping, _gone.Token);
            default:
                throw new InvalidOperationException("The server closes the connection: " + reader.Text());
        }
    }

    private Task CalledAsync(ReadOnlyMemory<byte> message, ref PackReader reader)
    {
        reader.EmptyMap();
        reader.Text();
        var target = reader.Text();
        reader.ArrayLength();
        switch (target)
        {
            case "JS.RenderBatch":
                var id = reader.Number();
                var length = reader.Chunk().Length;
                return DrawAsync(id, new RenderBatch(message[BatchAt(message, length)..][..length]));
            case "JS.BeginInvokeJS":
                return Task.WhenAll(_script.Answer(ref reader).Select(m => SendAsync(m, _gone.Token)));
            case "JS.EndInvokeDotNet":
                CircuitScript.Finished(ref reader);
                return Task.CompletedTask;
            case "JS.Error":
                throw new InvalidOperationException("The page failed: " + reader.Text());
            default:
                return Task.CompletedTask;
        }
    }

    private Task DrawAsync(long id, RenderBatch batch)
    {
        Screen?.Apply(batch);
        if (_awaited is { } awaited && awaited.IsIt(batch))
        {
            _awaited = null;
            awaited.Drawn.TrySetResult(Stopwatch.GetTimestamp());
        }

        return SendAsync(PackWriter.Invoke(null, "OnRenderCompleted", id, null), _gone.Token);
    }

    /// <summary>The batch is the last argument; an empty list of streams may follow it.</summary>
    private static int BatchAt(ReadOnlyMemory<byte> message, int length) => message.Length - length - (message.Span[^1] == 0x90 ? 1 : 0);
}
