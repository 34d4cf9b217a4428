using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace PartnerPortal.Tests.Support;

/// <summary>What a person does on a page under test.</summary>
internal static class PageActs
{
    /// <summary>Finds an element and acts on it in one turn of the renderer: a render between the two would take away the handler that was found.</summary>
    public static Task ActAsync<T>(this IRenderedComponent<T> page, string css, Func<IElement, Task> act)
        where T : IComponent => page.InvokeAsync(() => act(page.Find(css)));
}
