using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PartnerPortal.Tests.Support;

/// <summary>Processes of one portal on one database, of which one after the other is killed and started again while others ask them.</summary>
public sealed class PortalNodes : IAsyncDisposable
{
    private readonly TestPortal _portal;
    private readonly Dictionary<string, string> _settings;
    private readonly Node[] _nodes;

    private PortalNodes(TestPortal portal, Dictionary<string, string> settings, Node[] nodes) => (_portal, _settings, _nodes) = (portal, settings, nodes);

    public int Count => _nodes.Length;

    /// <summary>Waits until all of them serve.</summary>
    public static async Task<PortalNodes> StartAsync(TestPortal portal, Dictionary<string, string> settings, int count)
    {
        var nodes = new List<Node>();
        for (var i = 0; i < count; i++)
        {
            // One after the other: the first of them may have something to set up.
            nodes.Add(new Node(await PortalProcess.StartAsync(portal, settings)));
        }

        return new PortalNodes(portal, settings, [.. nodes]);
    }

    /// <summary>Kills one as kill -9 does, and starts it again once something was done meanwhile.</summary>
    public async Task KillAsync(int index, Func<Task> meanwhile)
    {
        await _nodes[index].Process.KillAsync();
        await meanwhile();
        _nodes[index].Use(await PortalProcess.StartAsync(_portal, _settings));
    }

    /// <summary>All of them finish what they do.</summary>
    public Task StopAsync() => Task.WhenAll(_nodes.Select(n => n.Process.StopAsync()));

    /// <summary>Posts to a node until one answers: who is not answered asks again.</summary>
    /// <param name="index">Which node is asked.</param>
    /// <param name="path">From the root.</param>
    /// <param name="key">Of the API.</param>
    /// <param name="json">What is told.</param>
    public async Task PostAsync(int index, string path, string key, string json)
    {
        while (true)
        {
            var asked = _nodes[index].Now;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                using var response = await asked.Api.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"{path}: {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                return;
            }
            catch (HttpRequestException)
            {
                // The node is gone: its successor is awaited.
                await asked.Gone.Task;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>A process while it serves.</summary>
    private sealed record Serving(PortalProcess Process, HttpClient Api, TaskCompletionSource Gone)
    {
        public static Serving By(PortalProcess process) =>
            new(process, new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(2) }, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class Node(PortalProcess process) : IAsyncDisposable
    {
        private Serving _now = Serving.By(process);

        public Serving Now => Volatile.Read(ref _now);

        public PortalProcess Process => Now.Process;

        public void Use(PortalProcess process) => Interlocked.Exchange(ref _now, Serving.By(process)).Gone.SetResult();

        public async ValueTask DisposeAsync()
        {
            Now.Api.Dispose();
            await Process.DisposeAsync();
        }
    }
}
