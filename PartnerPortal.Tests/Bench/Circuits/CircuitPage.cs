using System.Net;
using System.Text;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>What the answer to a page's request says about its circuit: the components to be made live, and the state kept for them.</summary>
internal sealed record CircuitPage(string Operations, string State)
{
    private const string MarkerStart = "<!--Blazor:";
    private const string StateStart = "<!--Blazor-Server-Component-State:";
    private const string End = "-->";

    /// <param name="http">Follows no redirects: a sign-in page is not the page that was asked for.</param>
    /// <param name="page">Its whole address.</param>
    /// <param name="cookie">The Cookie header, or null.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<CircuitPage> GetAsync(HttpMessageInvoker http, Uri page, string? cookie, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", "en");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await http.SendAsync(request, ct);
        return answer.StatusCode is HttpStatusCode.OK
            ? Read(await answer.Content.ReadAsStringAsync(ct))
            : throw new InvalidOperationException($"{page} answered {(int)answer.StatusCode}.");
    }

    private static CircuitPage Read(string html)
    {
        var operations = new StringBuilder("""{"batchId":1,"operations":[""");
        var count = 0;
        for (var at = html.IndexOf(MarkerStart, StringComparison.Ordinal); at >= 0; at = html.IndexOf(MarkerStart, at + 1, StringComparison.Ordinal))
        {
            var marker = Until(html, at + MarkerStart.Length);
            // The end of a component has a marker too, without a descriptor.
            if (marker.Contains("\"descriptor\"", StringComparison.Ordinal))
            {
                operations.Append(count++ == 0 ? "" : ",").Append($$"""{"type":"add","ssrComponentId":{{count}},"marker":""").Append(marker).Append('}');
            }
        }

        if (count == 0)
        {
            throw new InvalidOperationException("The page has nothing interactive.");
        }

        var state = html.IndexOf(StateStart, StringComparison.Ordinal);
        return new CircuitPage(operations.Append("]}").ToString(), state < 0 ? "" : Until(html, state + StateStart.Length).ToString());
    }

    private static ReadOnlySpan<char> Until(string html, int from) => html.AsSpan(from, html.IndexOf(End, from, StringComparison.Ordinal) - from);
}
