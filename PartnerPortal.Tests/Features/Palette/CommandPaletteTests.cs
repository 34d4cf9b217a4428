using System.Text.Json;
using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Palette;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Claims;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Palette;

/// <summary>The palette as each sees it, and what a search in it finds.</summary>
public sealed class CommandPaletteTests
{
    [Fact]
    public async Task Typed_WordsInAnyOrderWithoutAccents_FindPagesAndActions()
    {
        await using var portal = await TestPortal.StartAsync();
        var (partner, _) = await new AccessWorld(portal).PairAsync();
        await using var browser = new ClientPages(portal, partner);
        var palette = Open(browser);

        Assert.Equal(["Pages", "Actions"], palette.FindAll("h2").Select(h => h.TextContent));
        await TypeAsync(palette, "CLIENT invite");
        Assert.Equal([PaletteActions.Invite], Addresses(palette));
        await TypeAsync(palette, "español");
        Assert.Single(Addresses(palette));
        await TypeAsync(palette, "espanol");
        Assert.StartsWith(PortalUrls.Culture, Assert.Single(Addresses(palette)), StringComparison.Ordinal);
        await TypeAsync(palette, "logout");
        Assert.Equal("form[data-signs-out] [type=submit]", palette.Find("[role=option]").GetAttribute("data-presses"));
        await TypeAsync(palette, "zzzz");
        palette.WaitForAssertion(() => Assert.Contains("Nothing fits “zzzz”", palette.Find(".none").TextContent, StringComparison.Ordinal));
        palette.WaitForAssertion(() => Assert.Contains("zzzz", palette.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clients_OfThePartner_AreFoundByItAloneAndNotByAHiddenName()
    {
        await using var portal = await TestPortal.StartAsync();
        var access = new AccessWorld(portal);
        var (partner, client) = await access.PairAsync("Nordwind", "Ángela Núñez");
        var finance = await access.People.ColleagueAsync(partner, "Fiona Finance", MemberRole.Finance);
        var (wrong, _) = await access.PairAsync("Südwind", "Zed Zimmer");
        var record = PortalUrls.Client(await portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == client.AccountId).Select(r => r.Id).SingleAsync()));

        foreach (var reader in new[] { partner, finance })
        {
            Assert.Equal([record], await FoundAsync(reader, "nunez ang"));
            Assert.Contains("Ángela Núñez", await RecentAsync(reader), StringComparison.Ordinal);
        }

        foreach (var other in new[] { wrong, client, await access.People.PersonAsync("Nobody Inparticular") })
        {
            Assert.Empty(await FoundAsync(other, "nunez"));
            Assert.Equal("", await RecentAsync(other));
        }

        Assert.Null((await portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(client, default))).Error);
        Assert.Empty(await FoundAsync(partner, "nunez"));
        Assert.DoesNotContain("Ángela", await RecentAsync(partner), StringComparison.Ordinal);
        Assert.Contains("N.", await RecentAsync(partner), StringComparison.Ordinal);

        await access.People.SuspendAsync(wrong);
        Assert.Single(await FoundAsync(wrong, "zimmer"));

        async Task<IReadOnlyList<string>> FoundAsync(Actor actor, string typed)
        {
            await using var browser = new ClientPages(portal, actor);
            var palette = Open(browser);
            await TypeAsync(palette, typed);
            return [.. palette.FindAll("[data-found]").Select(o => o.GetAttribute("href")!)];
        }

        async Task<string> RecentAsync(Actor actor)
        {
            await using var browser = new ClientPages(portal, actor);
            var palette = Open(browser, record, "https://elsewhere.test", "/support/clients/1", "javascript:alert(1)");
            return string.Concat(palette.FindAll("[aria-labelledby=palette-recent] [role=option]").Select(o => o.TextContent));
        }
    }

    [Fact]
    public async Task Records_ForStaff_AreThoseOfTheSupportSearch()
    {
        await using var portal = await TestPortal.StartAsync();
        var claims = new ClaimWorld(portal);
        var (_, client, claimant, staff) = await claims.StartAsync();
        var claim = await claims.FiledAsync(claimant, client.Email!);
        await using var browser = new ClientPages(portal, staff);
        var palette = Open(browser);

        await TypeAsync(palette, "almeida");

        var found = palette.FindAll("[data-found]");
        Assert.Contains(PortalUrls.SupportClient(client.AccountId!.Value), found.Select(o => o.GetAttribute("href")));
        Assert.Contains(PortalUrls.SupportClaim(claim), found.Select(o => o.GetAttribute("href")));
        Assert.Contains(PortalUrls.SupportSearch("almeida"), found.Select(o => o.GetAttribute("href")));
        // What support looked up is not kept in the browser.
        Assert.All(found, o => Assert.False(o.HasAttribute("data-remember")));
        Assert.Matches(@"^\d+ results$", palette.Find("[role=status]").TextContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[null, 7]")]
    [InlineData("[[]]")]
    public async Task Recent_WhateverTheBrowserSays_IsAsIfThereWereNone(string kept)
    {
        await using var portal = await TestPortal.StartAsync();
        await using var browser = new ClientPages(portal, await new World(portal).PersonAsync("Clara Client"));

        var palette = browser.Render<CommandPalette>(p => p.Add(c => c.Chosen, kept));

        palette.WaitForAssertion(() => Assert.Equal(["Pages", "Actions"], palette.FindAll("h2").Select(h => h.TextContent)));
    }

    private static IRenderedComponent<CommandPalette> Open(ClientPages browser, params string[] chosen)
    {
        var palette = browser.Render<CommandPalette>(p => p.Add(c => c.Chosen, JsonSerializer.Serialize(chosen)));
        palette.WaitForAssertion(() => Assert.NotEmpty(palette.FindAll("[role=option]")));
        return palette;
    }

    /// <summary>Types and waits until the search is over.</summary>
    private static async Task TypeAsync(IRenderedComponent<CommandPalette> palette, string text)
    {
        await palette.ActAsync("[role=combobox]", e => e.InputAsync(text));
        palette.WaitForAssertion(() => Assert.Equal((text, "false"), (palette.Find("[role=listbox]").GetAttribute("data-for"), palette.Find("[role=listbox]").GetAttribute("aria-busy"))), TimeSpan.FromSeconds(10));
    }

    private static IEnumerable<string> Addresses(IRenderedComponent<CommandPalette> palette) => palette.FindAll("[role=option]").Select(o => o.GetAttribute("href")!);
}
