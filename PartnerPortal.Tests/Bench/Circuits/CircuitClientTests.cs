using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Servers;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>The client of the measurements really opens the page and really pages through it.</summary>
public sealed class CircuitClientTests
{
    private const int Lines = ClientQueries.PageSize + 10;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClickAsync_OnOlder_ShowsTheLinesThatCameBefore(bool negotiates)
    {
        await using var portal = await TestPortal.ListenAsync(DatabaseKind.Sqlite, []);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await AddLinesAsync(portal, partner);
        using var http = BenchHttp.Create();
        var page = new PageSide(http, new Uri(portal.ClientOptions.BaseAddress, PortalUrls.Clients), await SignedIn.CookieAsync(portal, partner), ShownLines.AreWhole, negotiates);

        var open = await page.OpenAsync(2, withScreen: true, default);
        var first = ShownLines.On(open[0].Screen!);
        await open[0].ClickAsync(ShownLines.Older(open[0].Screen!).Handler("onclick"), batch => batch.Contains("client-"u8), default);
        var second = ShownLines.On(open[0].Screen!);
        var older = ShownLines.Older(open[0].Screen!);
        var other = ShownLines.On(open[1].Screen!);
        await PageSide.LeaveAsync(open);

        Assert.Equal(ClientQueries.PageSize, first.Count);
        Assert.Equal(Lines - ClientQueries.PageSize, second.Count);
        Assert.Empty(first.Intersect(second));
        Assert.True(older.Has("disabled"));
        Assert.Equal(first, other);
        Assert.Contains(open[0].Screen!.All, n => n.Words.Contains("<bdi>Client 1</bdi>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_OfAPageThatAsksToSignIn_Fails()
    {
        await using var portal = await TestPortal.ListenAsync(DatabaseKind.Sqlite, []);
        using var http = BenchHttp.Create();

        var opening = new PageSide(http, new Uri(portal.ClientOptions.BaseAddress, PortalUrls.Clients), null, ShownLines.AreWhole, Negotiates: false).OpenAsync(1, withScreen: false, default);

        Assert.Contains("302", (await Assert.ThrowsAsync<InvalidOperationException>(() => opening)).Message);
    }

    private static async Task AddLinesAsync(TestPortal portal, PartnerPortal.Identity.Actor partner)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        for (var i = 1; i <= Lines; i++)
        {
            var contact = new TypedContact($"Client {i}", $"client{i}@example.test", $"client{i}@example.test", null);
            work.Db.ClientRecords.Add(ClientRecord.Invite(partner.AccountId!.Value, contact, CameBy.Invitation, "en", "", work.Now.AddMinutes(i - Lines)));
        }

        work.Audit(partner, AuditActions.InvitationCreated, ("account", partner.AccountId), partner.AccountId);
        await work.CommitAsync(default);
    }
}
