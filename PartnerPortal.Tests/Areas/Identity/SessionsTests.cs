using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

/// <summary>Where a person is signed in, and ending it there.</summary>
public sealed class SessionsTests
{
    private const string Page = "/Identity/Account/Manage/Sessions";
    private const string Address = "nina@novak.test";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
    private const string Laptop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory, OnSqlite, OnPostgres]
    public async Task End_OneDevice_ThatOneIsSignedOutAndThisOneStays(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var laptop = await SignInAsync(portal, Laptop);
        using var phone = await SignInAsync(portal, Phone);

        await laptop.OpenAsync(Page);
        Assert.Contains("Firefox, Windows Signed in", laptop.Text, StringComparison.Ordinal);
        Assert.Contains("This device", laptop.Text, StringComparison.Ordinal);
        Assert.Contains("Safari, iPhone", laptop.Text, StringComparison.Ordinal);
        await laptop.SendAsync(button: "Sign out Safari, iPhone");

        Assert.DoesNotContain("iPhone", laptop.Text, StringComparison.Ordinal);
        Assert.True(await laptop.IsSignedInAsync());
        Assert.False(await phone.IsSignedInAsync());
    }

    [Fact]
    public async Task EndOthers_SeveralDevices_OnlyThisOneStays()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var laptop = await SignInAsync(portal, Laptop);
        using var phone = await SignInAsync(portal, Phone);
        using var third = await SignInAsync(portal, "curl/8.0");

        await laptop.OpenAsync(Page);
        Assert.Contains("Unknown device", laptop.Text, StringComparison.Ordinal);
        await laptop.SendAsync(button: "Sign out everywhere else");

        Assert.True(await laptop.IsSignedInAsync());
        Assert.False(await phone.IsSignedInAsync());
        Assert.False(await third.IsSignedInAsync());
    }

    [Fact]
    public async Task End_SomebodyElsesSession_NothingHappens()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.PersonAsync("Nina Novak", Address);
        var other = await world.PersonAsync("Other Person");
        using var phone = await SignInAsync(portal, Phone);
        var id = await portal.ReadAsync(db => db.UserSessions.Select(s => s.Id).SingleAsync());

        Assert.Equal(0, (await portal.CallAsync<EndSessions, Result<int>>(e => e.ExecuteAsync(id, null, other, default))).Value);
        Assert.Equal(0, (await portal.CallAsync<EndSessions, Result<int>>(e => e.ExecuteAsync(null, null, other, default))).Value);

        Assert.True(await phone.IsSignedInAsync());
    }

    [Fact]
    public async Task SignOut_CopiedCookie_OpensNothingAnyMore()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var phone = await SignInAsync(portal, Phone);

        await phone.OpenAsync("/Identity/Account/Logout");
        await phone.SendAsync(button: "Sign out");

        Assert.Equal(0, await portal.ReadAsync(db => db.UserSessions.CountAsync(s => s.EndedAt == null)));
    }

    [Fact]
    public async Task Session_ClaimsRenewedAndPasswordChanged_StaysTheSameRow()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var laptop = await SignInAsync(portal, Laptop);

        portal.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await laptop.IsSignedInAsync());
        await laptop.OpenAsync("/Identity/Account/Manage/ChangePassword");
        await laptop.SendAsync(new() { ["Current"] = World.Password, ["Password"] = "another long password" });

        Assert.True(await laptop.IsSignedInAsync());
        Assert.Null(await portal.ReadAsync(db => db.UserSessions.Select(s => s.EndedAt).SingleAsync()));
    }

    [Fact]
    public async Task Retention_SessionOfAMonthAgo_IsForgotten()
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", Address);
        using var phone = await SignInAsync(portal, Phone);

        portal.Clock.Advance(TimeSpan.FromDays(31));
        await portal.CallAsync<RunRetention, RetentionOutcome>(r => r.ExecuteAsync(default));

        Assert.Equal(0, await portal.ReadAsync(db => db.UserSessions.CountAsync()));
    }

    private static async Task<FormClient> SignInAsync(TestPortal portal, string userAgent)
    {
        var client = new FormClient(portal);
        client.Http.DefaultRequestHeaders.Add("User-Agent", userAgent);
        return await client.SignInAsync(Address);
    }
}
