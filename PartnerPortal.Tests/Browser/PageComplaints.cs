using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>What a page complains of while it is open: errors in its console, what the content policy refuses among them, and scripts that fail.</summary>
internal sealed class PageComplaints
{
    /// <summary>What a circuit says while the page that it belongs to is left.</summary>
    private static readonly string[] Harmless = ["WebSocket closed with status code: 1006", "No interop methods are registered for renderer"];

    private readonly ConcurrentQueue<string> _found = new();

    private PageComplaints(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !Harmless.Any(h => message.Text.Contains(h, StringComparison.Ordinal)))
            {
                _found.Enqueue("console: " + message.Text);
            }
        };
        page.PageError += (_, error) => _found.Enqueue("script: " + error);
    }

    public IReadOnlyList<string> Found => [.. _found];

    /// <summary>Listens from now on.</summary>
    public static PageComplaints Of(IPage page) => new(page);
}
