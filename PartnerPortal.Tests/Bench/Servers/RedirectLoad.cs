using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>What one round of load came to.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="P99">Milliseconds from the request to the end of its answer that 99 of 100 do not exceed.</param>
internal sealed record LoadRound(double PerSecond, double P99);

/// <summary>Asks for one address over connections that stay open, each for the next as soon as it has its answer. Written on sockets: a client library would cost more than the servers.</summary>
internal static class RedirectLoad
{
    public static async Task<LoadRound> RunAsync(Uri server, string path, int connections, TimeSpan span, CancellationToken ct)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(server, request, start, span, ct), ct)));
        var all = times.SelectMany(t => t).ToList();
        return new LoadRound(all.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, BenchFigures.Percentile(all, 99));
    }

    private static async Task<List<double>> AskAsync(Uri server, byte[] request, long start, TimeSpan span, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port), ct);
        var (buffer, times) = (new byte[8192], new List<double>(100_000));
        while (Stopwatch.GetElapsedTime(start) < span)
        {
            var asked = Stopwatch.GetTimestamp();
            await socket.SendAsync(request, ct);
            var length = 0;
            while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
            }

            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 302"u8) || buffer.AsSpan(0, length).IndexOf("/join/"u8) < 0)
            {
                throw new InvalidOperationException("Not a redirect: " + Encoding.ASCII.GetString(buffer, 0, length));
            }
        }

        return times;
    }
}
