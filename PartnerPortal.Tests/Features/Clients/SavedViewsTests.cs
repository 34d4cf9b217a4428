using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class SavedViewsTests
{
    private static readonly ClientView Lapsed = new() { Statuses = [ClientStatus.Lapsed], Search = "ida", Sorting = new ClientSorting(ClientSort.Name, true) };

    [Theory, OnSqlite, OnPostgres]
    public async Task SaveView_NewRenamedAndDeleted_IsKeptPerUser(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (one, two) = (await world.IntegratorAsync("One Partner"), await world.IntegratorAsync("Two Partner"));

        var saved = await SaveAsync(portal, new ViewToSave(null, "  To   call ", Lapsed with { At = "cursor", Saved = "other" }, [ClientColumn.Email]), one);

        var kept = Assert.Single((await ChoicesAsync(portal, one)).Views);
        Assert.Equal((saved.Value.Id, "To call", "?status=Lapsed&q=ida&sort=Name"), (kept.Id, kept.Name, kept.View.Address("")));
        Assert.Equal([ClientColumn.Email], kept.Columns);
        Assert.Empty((await ChoicesAsync(portal, two)).Views);

        await SaveAsync(portal, new ViewToSave(kept.Id, "To write", kept.View, kept.Columns), one);
        Assert.Equal("To write", Assert.Single((await ChoicesAsync(portal, one)).Views).Name);

        // Another person's id deletes nothing, and one's own id in another's hands makes a view of one's own.
        await DeleteAsync(portal, kept.Id, two);
        Assert.Single((await ChoicesAsync(portal, one)).Views);
        await portal.CallAsync<KeepPreference, Result<Done>>(k => k.ExecuteAsync(ClientChoices.DefaultPreference, kept.Id, one, default));
        Assert.Equal(kept.Id, (await ChoicesAsync(portal, one)).DefaultId);
        await DeleteAsync(portal, kept.Id, one);
        Assert.Equal((0, null), ((await ChoicesAsync(portal, one)).Views.Count, (await ChoicesAsync(portal, one)).DefaultId));
    }

    [Fact]
    public async Task SaveView_WrongNamesAndTooMany_SaySo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("One Partner");

        Assert.IsType<ViewNameMissing>((await SaveAsync(portal, new ViewToSave(null, " ", Lapsed, []), partner)).Error);
        Assert.IsType<ViewNameTooLong>((await SaveAsync(portal, new ViewToSave(null, new string('x', 41), Lapsed, []), partner)).Error);
        Assert.IsType<ViewTooLong>((await SaveAsync(portal, new ViewToSave(null, "Long", Lapsed with { Search = new string('é', 2000) }, []), partner)).Error);
        Assert.IsType<NotAllowed>((await SaveAsync(portal, new ViewToSave(null, "Mine", Lapsed, []), await world.PersonAsync("Clara Client"))).Error);
        for (var i = 0; i < SaveView.MaxViews; i++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True((await SaveAsync(portal, new ViewToSave(null, $"View {i}", Lapsed, []), partner)).Ok);
        }

        Assert.Equal("View 3", Assert.IsType<ViewNameTaken>((await SaveAsync(portal, new ViewToSave(null, "VIEW  3", Lapsed, []), partner)).Error).Name);
        Assert.IsType<TooManyViews>((await SaveAsync(portal, new ViewToSave(null, "One more", Lapsed, []), partner)).Error);
        Assert.Equal(Enumerable.Range(0, SaveView.MaxViews).Select(i => $"View {i}"), (await ChoicesAsync(portal, partner)).Views.Select(v => v.Name));
    }

    [Fact]
    public void ClientWidths_KeptDamagedAndOutOfBounds_AreReadAsFarAsTheyGo()
    {
        var widths = ClientWidths.Parse("Name:240,Email:9999,Since:5,Nonsense:90,Phone:x,,");

        Assert.Equal("Name:240,Email:640,Since:72", widths.Format());
        Assert.Equal((240, 152), (widths.Of(ClientWidths.Name), widths.Of(nameof(ClientColumn.Phone))));
        Assert.Equal("inline-size:min(240px,47.24cqi)", ClientWidths.Parse("Name:240").StyleOf(ClientWidths.Name, [ClientColumn.Phone, ClientColumn.Email]));
        Assert.Equal("inline-size:auto", widths.StyleOf(nameof(ClientColumn.Email), [ClientColumn.Phone, ClientColumn.Email]));
        Assert.Null(ClientWidths.None.StyleOf(ClientWidths.Name, ClientColumns.All));
        Assert.True(ClientWidths.Parse("Name:240").Without(ClientWidths.Name).IsNone);
    }

    [Theory]
    [InlineData("?view=abc&at=x&status=Lapsed", "?view=abc&at=x")]
    [InlineData("?view=0123456789abcdef0123456789abcdef0&status=Lapsed", "?status=Lapsed")]
    public void Parse_SavedView_StandsForAllOfIt(string query, string address) => Assert.Equal(address, ClientView.Parse(query).Address(""));

    private static Task<ClientChoices> ChoicesAsync(TestPortal portal, Actor actor) => portal.CallAsync<ClientChoicesQueries, ClientChoices>(q => q.FindAsync(actor, default));

    private static Task<Result<SavedView>> SaveAsync(TestPortal portal, ViewToSave view, Actor actor) =>
        portal.CallAsync<SaveView, Result<SavedView>>(u => u.ExecuteAsync(view, actor, default));

    private static Task<Result<Done>> DeleteAsync(TestPortal portal, string id, Actor actor) => portal.CallAsync<DeleteView, Result<Done>>(u => u.ExecuteAsync(id, actor, default));
}
