using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>Renders pages as one signed-in person, with the portal's own services and database.</summary>
internal sealed class ClientPages : BunitContext
{
    private readonly AsyncServiceScope _scope;

    public ClientPages(TestPortal portal, Actor actor)
    {
        _scope = portal.Services.CreateAsyncScope();
        var claims = new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, actor.UserId!.Value.ToString(CultureInfo.InvariantCulture)),
            new(ActorSource.AccountClaim, actor.AccountId!.Value.ToString(CultureInfo.InvariantCulture)),
        ], "test"));
        Services.AddLocalization();
        Services.AddSingleton(new CurrentActor(new Person(claims), _scope.ServiceProvider.GetRequiredService<ActorSource>()));
        Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        JSInterop.Mode = JSRuntimeMode.Loose;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Navigation.NavigateTo(PortalUrls.Clients);
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _scope.DisposeAsync();
    }

    private sealed class Person(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
