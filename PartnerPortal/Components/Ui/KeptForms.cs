using System.Security.Claims;
using Microsoft.JSInterop;
using PartnerPortal.Identity;

namespace PartnerPortal.Components.Ui;

/// <summary>Half-filled forms (data-keep="name") are kept by the browser, js/keep.js, for whoever is signed in.</summary>
public static class KeptForms
{
    /// <summary>For whom a page keeps what is typed, "user-account", and apart from it what is typed for a client; null for a visitor. It goes into <c>html[data-reader]</c>.</summary>
    public static string? ReaderOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? $"{id}-{user.FindFirstValue(ActorSource.AccountClaim)}{(user.FindFirstValue(ActorSource.ActingClaim) is { } acting ? $"-for-{acting}" : "")}" : null;

    /// <summary>What was kept of the form is saved now, or given up.</summary>
    /// <param name="name">Its data-keep.</param>
    public static async Task ForgetFormAsync(this IJSRuntime js, string name)
    {
        await using var script = await js.InvokeAsync<IJSObjectReference>("import", "/js/keep.js");
        await script.InvokeVoidAsync("forget", name);
    }
}
