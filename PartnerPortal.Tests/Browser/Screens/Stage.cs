using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser.Screens;

/// <summary>The demo program on a Friday morning that never passes, with nothing left to chance: every run draws the same pictures.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private int _newcomers;

    private Stage(LivePortal live) => Live = live;

    public LivePortal Live { get; }

    /// <summary>The demo's main integrator.</summary>
    public Actor Integrator { get; private set; } = Actor.Visitor;

    /// <summary>An integrator without a client.</summary>
    public Actor Beginner { get; private set; } = Actor.Visitor;

    /// <summary>Somebody with an account who has no partner.</summary>
    public Actor Asked { get; private set; } = Actor.Visitor;

    public string Code => "KM7QX4WT";

    /// <summary>A client in the integrator's list with much to show.</summary>
    public long RecordId { get; private set; }

    public static async Task<Stage> SetAsync()
    {
        var live = await LivePortal.StartAsync(demo: true, settings: new() { ["Portal:PublicUrl"] = "https://partners.fernhill.test" }, still: true, slow: true);
        var world = new World(live.Portal);
        var stage = new Stage(live);
        var marta = await live.Portal.ReadAsync(db => db.Users.Where(u => u.Email == DemoAccounts.Integrator).Select(u => new { u.Id, AccountId = u.LastAccountId!.Value }).SingleAsync());
        await stage.UseCodeAsync(marta.AccountId, stage.Code);
        stage.Integrator = await world.AgainAsync(Actor.Visitor with { UserId = marta.Id, AccountId = marta.AccountId });
        stage.Beginner = await stage.NewcomerAsync();
        await stage.UseCodeAsync(stage.Beginner.AccountId!.Value, "PWRT9NXQ");
        stage.Asked = await world.PersonAsync("Noor van Dijk", "noor@dijk-keramiek.test");
        stage.RecordId = await live.Portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == marta.AccountId && db.Accounts.Any(a => a.Id == r.ClientId && a.Email == "k.weber@weber-holzbau.test")).Select(r => r.Id).SingleAsync());
        return stage;
    }

    /// <summary>A firm that has just begun; another each time, for what changes its list.</summary>
    public async Task<Actor> NewcomerAsync()
    {
        var world = new World(Live.Portal);
        var person = await world.IntegratorAsync("Ida Linden", string.Create(CultureInfo.InvariantCulture, $"ida{Interlocked.Increment(ref _newcomers)}@linden-partners.test"));
        await using var db = await Live.Portal.Services.GetRequiredService<PortalDb>().ReadAsync();
        await db.Accounts.Where(a => a.Id == person.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, "Linden & Partners"));
        return await world.AgainAsync(person);
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    private async Task UseCodeAsync(long accountId, string code)
    {
        await using var db = await Live.Portal.Services.GetRequiredService<PortalDb>().ReadAsync();
        await db.Accounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Code, code));
    }
}
