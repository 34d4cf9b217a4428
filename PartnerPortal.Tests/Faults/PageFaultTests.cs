using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>A page that fails while it is drawn says so, and the portal goes on.</summary>
public sealed class PageFaultTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Page_WhoseDatabaseFailsWhileDrawn_SaysSoAndThePortalGoesOn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind, settings: new() { ["DetailedErrors"] = "false" });
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        using var client = await SignedIn.ClientAsync(portal, partner);
        await RunAsync(portal, "ALTER TABLE \"ClientRecords\" RENAME TO \"Gone\"");

        using var broken = await client.GetAsync(new Uri(PortalUrls.Clients, UriKind.Relative));
        using var other = await client.GetAsync(new Uri(PortalUrls.Profile, UriKind.Relative));
        await RunAsync(portal, "ALTER TABLE \"Gone\" RENAME TO \"ClientRecords\"");
        using var mended = await client.GetAsync(new Uri(PortalUrls.Clients, UriKind.Relative));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.OK), (broken.StatusCode, other.StatusCode, mended.StatusCode));
    }

    private static async Task RunAsync(TestPortal portal, string sql)
    {
        await using var db = await portal.Services.GetRequiredService<PortalDb>().ReadAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
