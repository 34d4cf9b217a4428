using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser.Tasks;

/// <summary>The demo program for tests that do not get in each other's way.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    private LivePortal? _live;

    public LivePortal Live => _live ?? throw new InvalidOperationException("The portal has not started yet.");

    public async Task InitializeAsync() => _live = await LivePortal.StartAsync(demo: true);

    public Task DisposeAsync() => Live.DisposeAsync().AsTask();

    /// <summary>One of the demo's people, in the account it works in.</summary>
    public async Task<Actor> ActorAsync(string email)
    {
        var user = await Live.Portal.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => new { u.Id, u.LastAccountId }).SingleAsync());
        return await new World(Live.Portal).AgainAsync(Actor.Visitor with { UserId = user.Id, AccountId = user.LastAccountId });
    }
}
