using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Startup;

public sealed class FirstOwnerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task MakeFirstOwner_TwiceAtOnce_MakesOne(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var token = await TokenAsync(portal);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => MakeAsync(portal, token, $"owner{i}@example.test"))));

        Assert.Single(results, r => r.Ok);
        Assert.All(results.Where(r => !r.Ok), r => Assert.IsType<OwnerExists>(r.Error));
        Assert.Equal(1, await portal.ReadAsync(db => db.Users.CountAsync()));
        Assert.IsType<OwnerExists>((await portal.CallAsync<IssueSetupToken, Result<string>>(i => i.ExecuteAsync(default))).Error);
    }

    [Fact]
    public async Task MakeFirstOwner_WrongOldOrWeak_MakesNobody()
    {
        await using var portal = await TestPortal.StartAsync();
        var token = await TokenAsync(portal);

        Assert.IsType<SetupTokenInvalid>((await MakeAsync(portal, LinkToken.New(), "o@example.test")).Error);
        Assert.IsType<SetupTokenInvalid>((await MakeAsync(portal, null, "o@example.test")).Error);
        Assert.IsType<PasswordRefused>((await MakeAsync(portal, token, "o@example.test", "short")).Error);
        portal.Clock.Advance(IssueSetupToken.Lifetime);
        Assert.IsType<SetupTokenInvalid>((await MakeAsync(portal, token, "o@example.test")).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task SetupPage_Post_MakesTheOwnerAndSignsIn()
    {
        await using var portal = await TestPortal.StartAsync();
        var path = (await portal.CallAsync<IssueSetupToken, Result<string>>(i => i.ExecuteAsync(default))).Value;
        using var client = portal.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        var antiforgery = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "first-owner",
            ["__RequestVerificationToken"] = antiforgery,
            ["Input.FullName"] = "Olga Owner",
            ["Input.Email"] = "olga@example.test",
            ["Input.Password"] = World.Password,
        });

        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        using var program = await client.GetAsync(new Uri(PortalUrls.AdminProgram, UriKind.Relative));
        var again = await client.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, program.StatusCode);
        Assert.Contains("The program has an owner already", again, StringComparison.Ordinal);
        Assert.True(await portal.ReadAsync(db => db.Users.AnyAsync(u => u.EmailConfirmed && u.FullName == "Olga Owner")));
    }

    [Fact]
    public async Task Start_MakesRolesAndProgram()
    {
        await using var portal = await TestPortal.StartAsync();

        Assert.Equal(StaffRoles.All.Order(StringComparer.Ordinal), await portal.ReadAsync(db => db.Roles.Select(r => r.Name!).OrderBy(n => n).ToListAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.ProgramSettings.CountAsync()));
    }

    private static async Task<string> TokenAsync(TestPortal portal) =>
        (await portal.CallAsync<IssueSetupToken, Result<string>>(i => i.ExecuteAsync(default))).Value.Split('=')[1];

    private static Task<Result<long>> MakeAsync(TestPortal portal, string? token, string email, string password = World.Password) =>
        portal.CallAsync<MakeFirstOwner, Result<long>>(m => m.ExecuteAsync(new FirstOwnerRequest(token, "Olga Owner", email, password), default));
}
