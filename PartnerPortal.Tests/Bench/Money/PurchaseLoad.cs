using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>A shop that tells the portal of one purchase after the other, over connections that stay open, each waiting for its answer.</summary>
internal sealed class PurchaseLoad(Uri server, MoneyScene scene) : IDisposable
{
    private readonly HttpMessageInvoker _http = BenchHttp.Create();
    private int _next;

    /// <summary>One purchase a request.</summary>
    /// <returns>Purchases a second that were answered as recorded.</returns>
    public async Task<double> OneByOneAsync(int connections, TimeSpan span, CancellationToken ct)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(TellAsync, ct)));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task TellAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < span)
            {
                var sold = SoldRow.Of(scene, Interlocked.Increment(ref _next) - 1);
                await PostAsync(PortalUrls.ApiPurchases, sold.Json(), sold.Key, HttpStatusCode.Created, ct);
                Interlocked.Increment(ref count);
            }
        }
    }

    /// <summary>Many purchases a request.</summary>
    /// <returns>Purchases a second that were answered as recorded.</returns>
    public async Task<double> InBatchesAsync(int connections, int size, TimeSpan span, CancellationToken ct)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(TellAsync, ct)));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task TellAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < span)
            {
                var first = Interlocked.Add(ref _next, size) - size;
                var body = new StringBuilder("{\"purchases\":[").AppendJoin(',', Enumerable.Range(first, size).Select(n => SoldRow.Of(scene, n).Json())).Append("]}").ToString();
                var answer = await PostAsync(PortalUrls.ApiPurchaseBatch, body, SoldRow.Of(scene, first).Key, HttpStatusCode.OK, ct);
                var recorded = Encoding.UTF8.GetString(answer).Split("\"status\":\"recorded\"").Length - 1;
                Interlocked.Add(ref count, recorded == size ? size : throw new InvalidOperationException($"Of {size} purchases {recorded} were recorded."));
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> PostAsync(string path, string body, string key, HttpStatusCode expected, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Key);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _http.SendAsync(request, ct);
        var content = await answer.Content.ReadAsByteArrayAsync(ct);
        return answer.StatusCode == expected && !answer.Headers.Contains("Idempotent-Replayed")
            ? content
            : throw new InvalidOperationException($"A purchase was answered with {(int)answer.StatusCode}: {Encoding.UTF8.GetString(content)}");
    }
}
