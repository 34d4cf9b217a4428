using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>Finds text that does not fit where it stands, as a reader would notice it.</summary>
internal static class TextRoom
{
    /// <summary>Text that is cut off without an ellipsis, runs out of its button or cell, or out of the window where nothing scrolls.</summary>
    private const string Script = """
        () => {
          const found = [];
          const scrolls = e => { for (; e; e = e.parentElement) { const o = getComputedStyle(e).overflowX; if (o === 'auto' || o === 'scroll') return true; } return false; };
          const isForEars = e => { for (; e; e = e.parentElement) { const s = getComputedStyle(e); if (s.clipPath !== 'none' || s.clip !== 'auto') return true; } return false; };
          for (const e of document.body.querySelectorAll('*')) {
            const words = [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim());
            if (!words.length || e.closest('.vh, svg, select, script, style, noscript, textarea') || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isForEars(e)) continue;
            const range = document.createRange(); range.setStartBefore(words[0]); range.setEndAfter(words[words.length - 1]);
            const text = range.getBoundingClientRect();
            if (text.width <= 1 || text.height <= 1) continue;
            const style = getComputedStyle(e);
            const box = e.closest('button, .btn, .badge, .tag, td, th') ?? e;
            const room = box.getBoundingClientRect();
            const elided = style.textOverflow === 'ellipsis' || (box !== e && getComputedStyle(box).textOverflow === 'ellipsis') || e.parentElement.closest('[style*="line-clamp"]');
            const cut = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
            const outOfBox = box.clientWidth > 0 && (text.left < room.left - 1 || text.right > room.right + 1);
            const outOfWindow = (text.left < -1 || text.right > innerWidth + 1) && text.bottom > 0;
            if (!elided && (cut || outOfBox || outOfWindow) && !scrolls(e)) found.push(`“${range.toString().trim().slice(0, 60)}” in ${e.tagName.toLowerCase()}.${e.className}`);
          }
          return found;
        }
        """;

    public static async Task<string[]> LackingAsync(IPage page) => await page.EvaluateAsync<string[]>(Script);
}
