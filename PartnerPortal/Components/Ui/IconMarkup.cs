using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace PartnerPortal.Components.Ui;

/// <summary>
/// A decorating icon that is no component. A component costs every open page about 2 KB (measured), and this, shared by all pages, nothing: for what stands in the layout or in every
/// line of a list. Elsewhere <see cref="Icon"/> reads better.
/// </summary>
public static class IconMarkup
{
    private static readonly ConcurrentDictionary<(string, bool), MarkupString> Made = new();

    /// <param name="name">Name of a symbol in icons.svg, without its prefix; written in the program, never typed by anybody.</param>
    /// <param name="turn">Mirrored where writing runs from right to left.</param>
    public static MarkupString Of(string name, bool turn = false) => Made.GetOrAdd((name, turn), static icon =>
        new MarkupString($"<svg class=\"{(icon.Item2 ? "i turn" : "i")}\" aria-hidden=\"true\"><use href=\"/icons.svg#i-{icon.Item1}\"></use></svg>"));
}
