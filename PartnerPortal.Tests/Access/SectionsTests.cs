using System.Net;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Access;

/// <summary>What the owner leaves out of clients' accounts is not there for them: no page, no file, no menu item. Others see it as ever.</summary>
public sealed class SectionsTests
{
    /// <summary>What every account needs. A page for signed-in people that is in no section must stand here.</summary>
    private static readonly HashSet<string> Always = new(StringComparer.Ordinal) { "/profile", "/notifications", "/notifications/settings", "/acting", "/acting/start", "/acting/stop", "/account/switch", "/qr/{}.svg", "/qr/{}.png" };

    [Fact]
    public async Task Addresses_OfClients_AreEachInASectionOrAlwaysThere()
    {
        await using var portal = await TestPortal.StartAsync();
        var routes = RouteTable.Of(portal).Select(r => r.Pattern).ToHashSet(StringComparer.Ordinal);
        var ofClients = AccessTable.Rows.Where(r => r.Answers[0] is 'S' && r.Answers[(int)Walker.Client] is 'O' or 'B' && !r.Pattern.StartsWith("/Identity", StringComparison.Ordinal)).Select(r => r.Pattern).ToList();

        Findings.None(ClientSections.Addresses.Keys.Where(a => !routes.Contains(a)).Select(a => $"{a} is in a section and not in the portal"));
        Findings.None(ofClients.Where(p => ClientSections.Of(p) is ClientSection.None && !Always.Contains(p)).Select(p => $"{p}: say in ClientSections to which section it belongs"));
        Findings.None(Always.Where(a => !routes.Contains(a) || ClientSections.Of(a) is not ClientSection.None));
        Assert.Equal(ClientSections.All.Aggregate((a, b) => a | b), ClientSections.Addresses.Values.Aggregate((a, b) => a | b));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Section_LeftOut_IsNotThereForClientsAndInNoMenu(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var walk = await WalkWorld.CreateAsync(portal);
        var world = new World(portal);
        var client = await SignedIn.ClientAsync(portal, walk[Walker.Client]);
        var rows = AccessTable.Rows.Where(r => ClientSections.Of(r.Pattern) is not ClientSection.None).ToList();
        var wrong = new List<string>();
        foreach (var hidden in ClientSections.All.Append(ClientSection.None))
        {
            await world.ProgramAsync(p => p.HiddenSections = hidden);
            var menu = await (await client.GetAsync(new Uri(PortalUrls.Profile, UriKind.Relative))).Content.ReadAsStringAsync();
            foreach (var row in rows)
            {
                var isHidden = (ClientSections.Of(row.Pattern) & hidden) is not ClientSection.None;
                using var response = await client.GetAsync(walk.Fill(row.Address + row.Query));
                if (isHidden != (response.StatusCode is HttpStatusCode.NotFound))
                {
                    wrong.Add($"{row.Address} without {hidden}: {(int)response.StatusCode}");
                }

                if (isHidden && menu.Contains($"href=\"{row.Address}\"", StringComparison.Ordinal))
                {
                    wrong.Add($"the menu still leads to {row.Address} without {hidden}");
                }
            }
        }

        Findings.None(wrong);
    }

    [Fact]
    public async Task Section_LeftOut_IsAsEverForIntegratorsAndStaffAndClosedToVisitors()
    {
        await using var portal = await TestPortal.StartAsync();
        var walk = await WalkWorld.CreateAsync(portal);
        await new World(portal).ProgramAsync(p => p.HiddenSections = ClientSections.All.Aggregate((a, b) => a | b));
        var wrong = new List<string>();
        foreach (var walker in new[] { Walker.Right, Walker.Support, Walker.Nobody })
        {
            using var browser = await SignedIn.ClientAsync(portal, walk[walker]);
            foreach (var row in AccessTable.Rows.Where(r => ClientSections.Of(r.Pattern) is not ClientSection.None))
            {
                using var response = await browser.GetAsync(walk.Fill(row.Address + row.Query));
                var isMissing = response.StatusCode is HttpStatusCode.NotFound;
                var expected = walker is Walker.Nobody ? row.Answers[0] is 'O' : row.Answers[(int)walker] is 'H';
                if (isMissing != expected)
                {
                    wrong.Add($"{walker} {row.Address}: {(int)response.StatusCode}");
                }
            }
        }

        Findings.None(wrong);
        using var client = await SignedIn.ClientAsync(portal, walk[Walker.Client]);
        using var home = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.EndsWith(PortalUrls.Profile, home.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
