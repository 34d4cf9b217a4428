using System.Globalization;
using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>Finds what moves on a page while it loads, and pages that lose what they had in order to load it again.</summary>
internal static class LayoutShifts
{
    /// <summary>Cumulative layout shift: what moved, by how far, as a share of the window. Less than this nobody sees.</summary>
    private const double Still = 0.001;

    /// <summary>A script for before a page's own: adds up what moves by itself, and remembers what it was; says when a page that had its content waits for it once more.</summary>
    public const string Watch = """
        const place = rect => [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(' ');
        globalThis.shifts = { sum: 0, what: [], waits: false };
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            shifts.sum += entry.value;
            shifts.what.push(...entry.sources.map(s => `${s.node?.nodeName?.toLowerCase()}.${s.node?.className ?? ''} (${s.node?.textContent?.trim().slice(0, 20)}) ${place(s.previousRect)}→${place(s.currentRect)}`));
          }
        }).observe({ type: 'layout-shift', buffered: true });
        addEventListener('DOMContentLoaded', () => {
          if (document.querySelector('.skeleton')) return;
          new MutationObserver(() => { if (document.querySelector('.skeleton')) shifts.waits = true; }).observe(document.body, { childList: true, subtree: true });
        });
        """;

    /// <summary>What moved until now, when more than nobody sees.</summary>
    public static async Task<List<string>> FaultsAsync(IPage page)
    {
        // What was drawn last is measured with the frame after it.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var shifts = await page.EvaluateAsync<Shifts>("({ sum: shifts.sum, what: shifts.what, waits: shifts.waits })");
        var found = new List<string>();
        if (shifts.Sum >= Still)
        {
            found.Add(string.Create(CultureInfo.InvariantCulture, $"moves by {shifts.Sum:0.0000}: {string.Join("; ", shifts.What.Take(6))}"));
        }

        if (shifts.Waits)
        {
            found.Add("waits once more for what it had");
        }

        return found;
    }

    private sealed class Shifts
    {
        public double Sum { get; set; }

        public string[] What { get; set; } = [];

        public bool Waits { get; set; }
    }
}
