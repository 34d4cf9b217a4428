using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>Looks for barriers. Loaded once into each page and asked there: a page of its own for each answer, as its driver takes, makes a walk twice as long.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>What stands between a page as it is now and WCAG 2.2 AA: rule, element and where.</summary>
    public static Task<string[]> BarriersAsync(this IPage page) => RunAsync(page, new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } });

    /// <summary>Text with too little contrast.</summary>
    public static Task<string[]> FaintTextAsync(this IPage page) => RunAsync(page, new { type = "rule", values = new[] { "color-contrast" } });

    private static async Task<string[]> RunAsync(IPage page, object rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script.Value);
        }

        // The preview of a mail is a frame without script: axe would wait for an answer from it. What stands in it is an address of its own in the table.
        return await page.EvaluateAsync<string[]>(
            """
            async rules => {
                const { violations } = await axe.run(document, { runOnly: rules, iframes: false, resultTypes: ['violations'] });
                return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} at ${n.target.join(' ')}`));
            }
            """,
            rules).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
