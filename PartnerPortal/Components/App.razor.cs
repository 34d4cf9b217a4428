using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace PartnerPortal.Components;

/// <summary>The document around every page. Pages that exclude themselves from interactive routing get no circuit and none of its weight.</summary>
public sealed partial class App
{
    [CascadingParameter]
    public required HttpContext Context { get; init; }

    private bool IsInteractive => Context.AcceptsInteractiveRouting();

    /// <summary>Prerendering is on: a page is there before its circuit is.</summary>
    private IComponentRenderMode? Mode => IsInteractive ? RenderMode.InteractiveServer : null;

    private static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The theme the reader chose; null follows the system.</summary>
    private string? Theme => Context.Request.Cookies["theme"] is "light" or "dark" ? Context.Request.Cookies["theme"] : null;

    /// <summary>Single-letter shortcuts belong to interactive pages of people who are signed in; each may switch them off.</summary>
    private string? Shortcuts => Context.Features.Get<ShortcutPreference>()?.Value;
}
