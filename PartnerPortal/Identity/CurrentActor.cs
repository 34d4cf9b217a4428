using Microsoft.AspNetCore.Components.Authorization;

namespace PartnerPortal.Identity;

/// <summary>The actor of a Blazor page. Endpoints and Razor pages ask <see cref="ActorSource"/> with their request's user.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, ActorSource source)
{
    private string? _acting;
    private bool _isKnown;

    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var acting = state.User.FindFirst(ActorSource.ActingClaim)?.Value;
        _acting = _isKnown ? _acting : acting;
        _isKnown = true;
        var actor = await source.GetAsync(state.User, ct);
        // A circuit that is connected again has the cookies of now. A page was opened for one account: what is typed into it belongs to no other.
        return acting == _acting ? actor : actor with { AccountId = null, AccountName = "", Role = null, IsPartner = false, IsActivePartner = false, IsIntegrator = false, IsSupport = false, IsOwner = false, Acting = null, HasLostAccess = true };
    }
}
