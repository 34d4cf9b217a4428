using System.Net;
using PartnerPortal.Components.Layout;
using PartnerPortal.Features.Palette;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Access;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Palette;

/// <summary>What is offered to whom: all of it opens, and nothing that is not theirs.</summary>
public sealed class PaletteOffersTests
{
    [Fact]
    public async Task Offers_OfEverybody_Open()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = await WalkWorld.CreateAsync(portal);
        var access = new AccessWorld(portal);
        var suspended = await access.People.IntegratorAsync("Suspended Systems");
        await access.People.SuspendAsync(suspended);
        List<string> closed = [];
        foreach (var person in Enum.GetValues<Walker>().Where(w => w is not Walker.Nobody).Select(w => world[w]).Append(suspended))
        {
            using var browser = await SignedIn.ClientAsync(portal, person);
            closed.AddRange(await ClosedAsync(browser, await access.People.AgainAsync(person)));
        }

        var acting = await access.AgainAsync(world[Walker.Right], world.ActingSession);
        Assert.NotNull(acting.Acting);
        using var acts = await access.BrowserAsync(world[Walker.Right], world.ActingSession);
        closed.AddRange(await ClosedAsync(acts, acting));

        Findings.None(closed);
    }

    [Fact]
    public async Task Offers_ByRole_AreWhatTheRoleMay()
    {
        await using var portal = await TestPortal.StartAsync();
        var access = new AccessWorld(portal);
        var world = access.People;
        var (partner, client) = await access.PairAsync();
        var finance = await world.ColleagueAsync(partner, "Fiona Finance", MemberRole.Finance);
        var seller = await world.ColleagueAsync(partner, "Sel Ler", MemberRole.Seller);
        var suspended = await world.IntegratorAsync("Suspended Systems");
        await world.SuspendAsync(suspended);
        var acting = await access.ActAsync(await access.GrantAsync(partner, client, AccessScopes.ViewProfile), partner);

        Offers(partner, [PortalUrls.Clients, PaletteActions.Invite, PortalUrls.NewClient, PortalUrls.NewClaim, PortalUrls.Payouts, PortalUrls.LinkTester, PortalUrls.PersonalData], [PortalUrls.Support, PortalUrls.AdminProgram, PortalUrls.Refer]);
        Offers(seller, [PaletteActions.Invite, PortalUrls.Claims], [PortalUrls.Wallet, PortalUrls.Payouts]);
        Offers(finance, [PortalUrls.Clients, PortalUrls.Wallet, PortalUrls.Payouts], [PaletteActions.Invite, PortalUrls.NewClient, PortalUrls.Claims, PortalUrls.NewClaim]);
        Offers(await world.AgainAsync(suspended), [PortalUrls.Clients, PortalUrls.Payouts], [PaletteActions.Invite, PortalUrls.NewClient, PortalUrls.NewClaim]);
        Offers(client, [PortalUrls.MyPartner, PortalUrls.Refer, PortalUrls.PersonalData], [PortalUrls.Clients, PaletteActions.Invite, PortalUrls.Wallet, PortalUrls.Payouts, PortalUrls.LinkTester, PortalUrls.Support]);
        Offers(await world.SupportAsync(), [PortalUrls.Support, PortalUrls.NewPurchase, PortalUrls.SupportReassignments], [PortalUrls.AdminCommissionPlans, PortalUrls.AdminPayouts, PaletteActions.Invite]);
        Offers(await world.OwnerAsync(), [PortalUrls.Support, PortalUrls.AdminCommissionPlans, PortalUrls.AdminPayouts], [PaletteActions.Invite]);
        Assert.Equal([PortalUrls.Acting, PortalUrls.Profile], Addresses(acting));
        Assert.Contains(PaletteActions.Of(acting), a => a.Key == "StopActing");
        Assert.Empty(Addresses(acting with { Acting = null, HasLostAccess = true }));
        Assert.Empty(PaletteActions.Of(Actor.Visitor));

        await world.ProgramAsync(p => p.HiddenSections = ClientSection.Refer | ClientSection.Purchases | ClientSection.Team);
        Offers(await world.AgainAsync(client), [PortalUrls.MyPartner, PortalUrls.Profile], [PortalUrls.Refer, PortalUrls.Purchases, PortalUrls.Plans, PortalUrls.Team]);
    }

    private static void Offers(Actor actor, string[] some, string[] none)
    {
        var offered = Addresses(actor);
        Assert.Empty(some.Except(offered));
        Assert.Empty(none.Intersect(offered));
    }

    private static List<string> Addresses(Actor actor) => [.. MenuPages.Of(actor).SelectMany(g => g.Pages.Select(p => p.Href)), .. PaletteActions.Of(actor).Select(a => a.Href).OfType<string>()];

    private static async Task<List<string>> ClosedAsync(HttpClient browser, Actor actor)
    {
        List<string> closed = [];
        foreach (var address in Addresses(actor).Distinct())
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative));
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                closed.Add($"{actor.Name} {address}: {answer.StatusCode}");
            }
        }

        return closed;
    }
}
