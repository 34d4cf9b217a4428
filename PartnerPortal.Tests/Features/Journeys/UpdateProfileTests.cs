using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class UpdateProfileTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Valid_KeepsItAndRefreshesPartnersCopies(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("José Almeida");
        var code = await world.CodeOfAsync(partner);
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default));

        var result = await SaveAsync(portal, client, new ProfileRequest(" Almeida Lda ", AccountKind.Firm, "030 231 25-0", "DE", "Almeida.example/shop/", "es"));

        Assert.True(result.Ok, result.Error?.ToString());
        var account = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == client.AccountId));
        Assert.Equal(("Almeida Lda", AccountKind.Firm, "+4930231250", "https://almeida.example/shop", "es"), (account.Name, account.Kind, account.Phone, account.Website, account.Language));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync());
        Assert.Equal(("Almeida Lda", "+4930231250", "es"), (line.Name, line.Phone, line.Language));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AccountChanged && e.AccountId == client.AccountId)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Wrong_TellsEveryFieldAndKeepsNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var client = await new World(portal).PersonAsync("José Almeida");

        var result = await SaveAsync(portal, client, new ProfileRequest(" ", AccountKind.Person, "12", "DE", "javascript:alert(1)", "en"));

        var wrong = Assert.IsType<ProfileWrong>(result.Error);
        Assert.Equal([nameof(ProfileRequest.Name), nameof(ProfileRequest.Phone), nameof(ProfileRequest.Website)], wrong.Errors.Select(e => e.Field));
        Assert.Equal("José Almeida", await portal.ReadAsync(db => db.Accounts.Select(a => a.Name).SingleAsync()));
    }

    [Theory]
    [InlineData("ftp://almeida.example")]
    [InlineData("https://user:word@almeida.example")]
    [InlineData("almeida")]
    [InlineData("http://127.0.0.1")]
    public async Task ExecuteAsync_NoWebsite_IsRefused(string website)
    {
        await using var portal = await TestPortal.StartAsync();
        var client = await new World(portal).PersonAsync("José Almeida");

        var result = await SaveAsync(portal, client, new ProfileRequest("José", AccountKind.Person, null, "DE", website, "en"));

        Assert.IsType<ProfileWebsiteWrong>(Assert.Single(Assert.IsType<ProfileWrong>(result.Error).Errors));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NotAdmin_IsNotAllowed(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var seller = await new World(portal).PersonAsync("Sally", role: MemberRole.Seller);

        var result = await SaveAsync(portal, seller, new ProfileRequest("Sally Firm", AccountKind.Firm, null, "DE", null, "en"));

        Assert.IsType<NotAllowed>(result.Error);
    }

    private static Task<Result<Done>> SaveAsync(TestPortal portal, Actor actor, ProfileRequest request) =>
        portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(request, actor, default));
}
