using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ClientsCsvTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Get_FilterColumnsAndFormulas_GivesWhatIsShownSafely(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var formula = ClientLines.Typed(partner, "=HYPERLINK(\"http://bad.test\")", "eva@x.test", "+493023125417");
        formula.AddTag("Retail");
        var left = ClientLines.Typed(partner, "Never shown", "gone@x.test");
        left.Lapse();
        await portal.AddAsync(formula, left, ClientLines.Typed(await world.IntegratorAsync("Other Partner"), "Foreign", "foreign@x.test"));
        await portal.CallAsync<KeepPreference, Result<Done>>(k => k.ExecuteAsync(
            ClientColumns.Preference, ClientColumns.Format([ClientColumn.Since, ClientColumn.Email, ClientColumn.Tags]), partner, default));
        using var browser = await portal.BrowserOfAsync(partner);

        using var answer = await browser.GetAsync(new Uri(PortalUrls.ClientsCsv + "?status=Invited", UriKind.Relative));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("clients-2026-11-20.csv", answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(
            "\uFEFFName,E-mail,Since,Tags\r\n\"'=HYPERLINK(\"\"http://bad.test\"\")\",eva@x.test,2026-11-01T08:00:00Z,Retail\r\n",
            text.StartsWith('\uFEFF') ? text : "\uFEFF" + text);
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClientExported && e.AccountId == partner.AccountId)));
    }

    [Fact]
    public async Task Get_NobodyOrNoPartner_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var client = await world.PersonAsync("Clara Client");
        using var browser = await portal.BrowserOfAsync(client);
        using var nobody = portal.CreateClient(new() { AllowAutoRedirect = false });

        using var refused = await browser.GetAsync(new Uri(PortalUrls.ClientsCsv, UriKind.Relative));
        using var asked = await nobody.GetAsync(new Uri(PortalUrls.ClientsCsv, UriKind.Relative));

        Assert.Contains(PortalUrls.AccessDenied, refused.Headers.Location?.ToString() ?? refused.StatusCode.ToString(), StringComparison.Ordinal);
        Assert.Contains(PortalUrls.SignIn, asked.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClientExported)));
    }

    [Fact]
    public async Task Page_AnotherPartnersLine_Is404AndOwnIsShown()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var line = ClientLines.Typed(partner, "Ida Almeida", "ida@x.test");
        await portal.AddAsync(line);
        using var own = await portal.BrowserOfAsync(partner);
        using var other = await portal.BrowserOfAsync(await world.IntegratorAsync("Other Partner"));

        using var shown = await own.GetAsync(new Uri(PortalUrls.Client(line.Id), UriKind.Relative));
        using var hidden = await other.GetAsync(new Uri(PortalUrls.Client(line.Id), UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (shown.StatusCode, hidden.StatusCode));
        Assert.Contains("Ida Almeida", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ida Almeida", await hidden.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
