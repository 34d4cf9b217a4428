using Microsoft.AspNetCore.Components.Authorization;

namespace PartnerPortal.Identity;

/// <summary>The actor of a Blazor page. Endpoints and Razor pages ask <see cref="ActorSource"/> with their request's user.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, ActorSource source)
{
    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return await source.GetAsync(state.User, ct);
    }
}
