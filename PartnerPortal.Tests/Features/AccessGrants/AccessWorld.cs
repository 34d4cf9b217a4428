using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.AccessGrants;

/// <summary>A client, its partner, and access of the one to the account of the other, for a test.</summary>
public sealed class AccessWorld(TestPortal portal)
{
    public World People { get; } = new(portal);

    public async Task<(Actor Partner, Actor Client)> PairAsync(string partnerName = "Nordwind", string clientName = "Clara Client", string language = "en")
    {
        var partner = await People.IntegratorAsync(partnerName);
        var client = await People.PersonAsync(clientName, language: language);
        await JoinAsync(partner, client);
        return (partner, client);
    }

    public async Task JoinAsync(Actor partner, Actor client)
    {
        var code = await People.CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
    }

    public Task<Result<long>> AskAsync(Actor asker, long clientId, AccessScopes scopes = AskForAccess.OfPartners, int days = 7, string why = "as tested", bool asStaff = false) =>
        portal.CallAsync<AskForAccess, Result<long>>(a => a.ExecuteAsync(clientId, asStaff, new AccessTerms(scopes, days, why), asker, default));

    public Task<Result<Done>> ApproveAsync(long grant, Actor client, AccessScopes scopes = AskForAccess.OfPartners, int days = 7, string words = "") =>
        portal.CallAsync<ApproveAccess, Result<Done>>(a => a.ExecuteAsync(grant, new AccessTerms(scopes, days, words), client, default));

    public Task<Result<Done>> RevokeAsync(long grant, Actor client) => portal.CallAsync<RevokeAccess, Result<Done>>(r => r.ExecuteAsync(grant, client, default));

    /// <returns>The id of an access that runs.</returns>
    public async Task<long> GrantAsync(Actor partner, Actor client, AccessScopes scopes = AskForAccess.OfPartners, int days = 7)
    {
        var asked = await AskAsync(partner, client.AccountId!.Value, scopes, days);
        Assert.Null(asked.Error);
        Assert.Null((await ApproveAsync(asked.Value, client, scopes, days)).Error);
        return asked.Value;
    }

    /// <summary>Begins to act.</summary>
    public async Task<Actor> ActAsync(long grant, Actor by) => await AgainAsync(by, await StartAsync(grant, by));

    /// <returns>The session's id.</returns>
    public async Task<long> StartAsync(long grant, Actor by)
    {
        var started = await portal.CallAsync<StartActing, Result<long>>(s => s.ExecuteAsync(grant, by, default));
        Assert.Null(started.Error);
        return started.Value;
    }

    /// <summary>Who somebody that acts is now, as each request and each action asks.</summary>
    public Task<Actor> AgainAsync(Actor actor, long sessionId) => portal.Services.GetRequiredService<ActorSource>().GetAsync(new ClaimsPrincipal(
        [Principal(actor), new ClaimsIdentity([new Claim(ActorSource.ActingClaim, sessionId.ToString(CultureInfo.InvariantCulture))])]));

    /// <summary>A browser that is signed in and acts.</summary>
    public async Task<HttpClient> BrowserAsync(Actor actor, long sessionId)
    {
        var client = await SignedIn.ClientAsync(portal, actor);
        client.DefaultRequestHeaders.Add("Cookie", Cookie(actor, sessionId));
        return client;
    }

    /// <summary>"name=value" of the cookie that acting stands in.</summary>
    private string Cookie(Actor actor, long sessionId)
    {
        var context = new DefaultHttpContext { User = new ClaimsPrincipal(Principal(actor)) };
        portal.Services.GetRequiredService<ActingCookie>().Write(context, sessionId);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    private static ClaimsIdentity Principal(Actor actor) => new(
    [
        new(ClaimTypes.NameIdentifier, actor.UserId!.Value.ToString(CultureInfo.InvariantCulture)),
        new(ActorSource.AccountClaim, (actor.AccountId ?? 0).ToString(CultureInfo.InvariantCulture)),
    ], "test");
}
