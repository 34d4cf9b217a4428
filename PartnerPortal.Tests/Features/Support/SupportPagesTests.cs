using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Support;

public sealed partial class SupportPagesTests
{
    [Theory]
    [InlineData(typeof(SupportHome))]
    [InlineData(typeof(SupportClients))]
    [InlineData(typeof(SupportPartners))]
    [InlineData(typeof(SupportPartner))]
    [InlineData(typeof(SupportAudit))]
    public void Page_OfSupport_IsForStaffOnly(Type page) =>
        Assert.Equal(Policies.Support, Assert.Single(page.GetCustomAttributes(typeof(AuthorizeAttribute), inherit: true).Cast<AuthorizeAttribute>()).Policy);

    [Fact]
    public async Task Pages_ForStaff_AreServedAndShowWhatIsThere()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        using var staff = await SignedIn.SignedInClient(portal, await world.SupportAsync());
        using var stranger = await SignedIn.SignedInClient(portal, partner);
        var id = partner.AccountId!.Value;

        foreach (var (path, shown) in new[]
        {
            ("/support", "Claims to decide"), ("/support?q=brightw", "<mark>Brightw</mark>"), ("/support/clients", "Brightwater"), ($"/support/clients/{id}?q=bright", "<mark>Bright</mark>"), ("/support/partners", "Brightwater"),
            ($"/support/partners/{id}", "Brightwater"), ("/support/audit", "created an account"),
        })
        {
            var answer = await staff.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
            Assert.Contains(shown, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var refused = await stranger.GetAsync(new Uri(path, UriKind.Relative));
            Assert.NotEqual((path, HttpStatusCode.OK), (path, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Apply_WithoutScript_SendsTheApplicationAndSaysHowItStands()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var person = await world.PersonAsync("Marta Oliveira");
        using var visitor = SignedIn.Visitor(portal);
        using var client = await SignedIn.SignedInClient(portal, person);
        var address = new Uri("/partners/apply", UriKind.Relative);

        var outside = await visitor.GetStringAsync(address);
        Assert.Contains("returnUrl=%2Fpartners%2Fapply", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"apply\"", outside, StringComparison.Ordinal);

        var wrong = await PostAsync("Brightwater", "not a site");
        var page = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync());
        Assert.Contains("This is no web address", page, StringComparison.Ordinal);
        Assert.Contains("We bring bakeries.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"not a site\"", page, StringComparison.Ordinal);

        var sent = await PostAsync("Brightwater", "brightwater.test");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Contains("Your application is with us", await client.GetStringAsync(address), StringComparison.Ordinal);
        Assert.Equal(PartnerState.Applied, await portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == person.AccountId).Select(p => p.State).SingleAsync()));

        async Task<HttpResponseMessage> PostAsync(string name, string website)
        {
            var token = Token().Match(await client.GetStringAsync(address)).Groups[1].Value;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "apply",
                ["__RequestVerificationToken"] = token,
                ["Posted.Kind"] = "Firm",
                ["Posted.Name"] = name,
                ["Posted.Website"] = website,
                ["Posted.About"] = "We bring bakeries.",
            });
            return await client.PostAsync(address, form);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
