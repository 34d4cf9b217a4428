using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>The join form as a browser without script meets it.</summary>
public sealed class JoinPageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Yes_MakesThePartnerAndSaysWhatComesNext(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("José Almeida");
        var path = $"/join/{await world.CodeOfAsync(partner)}";
        var browser = await SignedIn.SignedInClient(portal, client, "es");
        (await browser.GetAsync($"/r/{await world.CodeOfAsync(await world.IntegratorAsync("Delta Punkt"))}?s=news")).Dispose();

        using var answer = await browser.SubmitAsync(path, "join", ("answer", "yes"), ("language", "es"));

        Assert.Equal((HttpStatusCode.Redirect, path + "?answered=yes"), (answer.StatusCode, LocationOf(answer)));
        Assert.Contains("Brightwater Systems es ahora tu partner", await browser.ReadAsync(LocationOf(answer)!), StringComparison.Ordinal);
        var attribution = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync());
        Assert.Equal((client.AccountId, partner.AccountId), ((long?)attribution.ClientId, (long?)attribution.PartnerId));
        Assert.Equal("es", attribution.Receipt!.WordingLanguage);
        var lost = Assert.Single(attribution.Receipt.Contenders, c => c.Outcome is not ContenderOutcome.Won);
        Assert.Equal(("Delta Punkt", "news", AttributionRule.Cookie), (lost.PartnerName, lost.Source, lost.Rule));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task No_IsRememberedAndChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var path = $"/join/{await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"))}";
        var browser = await SignedIn.SignedInClient(portal, await world.PersonAsync("Nina Novak"));

        using var answer = await browser.SubmitAsync(path, "join", ("answer", "no"));

        Assert.Equal(path + "?answered=no", LocationOf(answer));
        Assert.Contains("Brightwater Systems learns nothing about you", await browser.ReadAsync(LocationOf(answer)!), StringComparison.Ordinal);
        Assert.Contains("You said No to Brightwater Systems on 20 November 2026", await browser.ReadAsync(path), StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), await portal.ReadAsync(async db => (await db.Attributions.CountAsync(), await db.ClientRecords.CountAsync(), await db.JoinRefusals.CountAsync())));
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var path = $"/join/{await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"))}";
        var browser = await SignedIn.SignedInClient(portal, await world.PersonAsync("Nina Novak"));

        using var answer = await browser.PostFormAsync(path, "join", ("answer", "yes"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync()));
    }

    [Fact]
    public async Task Get_WithAnswers_ChangesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = await SignedIn.SignedInClient(portal, await world.PersonAsync("Nina Novak"));

        var page = await browser.ReadAsync($"/join/{code}?answer=yes&answered=yes&language=es");

        Assert.Contains("Take Brightwater Systems as your partner?", page, StringComparison.Ordinal);
        Assert.Equal((0, 0), await portal.ReadAsync(async db => (await db.Attributions.CountAsync(), await db.JoinRefusals.CountAsync())));
    }

    [Fact]
    public async Task SignedOut_SaysWhoInvitesAndKeepsCodeAndInvitation()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.ProgramAsync(p => (p.Name, p.About) = ("Fernhill", "Fernhill keeps the books of small firms."));
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater & Sons"));
        var token = LinkToken.New();

        var page = await SignedIn.Visitor(portal).ReadAsync($"/join/{code}?i={token}");

        Assert.Contains("Brightwater & Sons invites you to Fernhill", page, StringComparison.Ordinal);
        Assert.Contains("Partner since 2026", page, StringComparison.Ordinal);
        Assert.Contains($"/Identity/Account/Register?from={code}&i={token}", page, StringComparison.Ordinal);
        Assert.Contains($"returnUrl={Uri.EscapeDataString($"/join/{code}?i={token}")}", page, StringComparison.Ordinal);
        Assert.Contains("og:title", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "This is your own link", "You work for Brightwater Systems yourself", "Brightwater Systems is your partner already", "takes no new clients", "Only an admin of your account", "signed in without an account")]
    [InlineData("es", "Este es tu propio enlace", "Tú mismo trabajas para Brightwater Systems", "Brightwater Systems ya es tu partner", "no acepta clientes nuevos", "Solo un administrador de tu cuenta", "sin una cuenta propia")]
    public async Task Ask_YesNotPossible_EachHasItsSentence(string language, string own, string firm, string already, string suspended, string notAdmin, string noAccount)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var code = await world.CodeOfAsync(partner);
        var happy = await world.PersonAsync("Happy Client");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), happy, default));
        var worker = await world.PersonAsync("Wanda Worker");
        var support = await world.SupportAsync();
        await ChangeAsync(portal, async db =>
        {
            db.Members.Add(new Member(partner.AccountId!.Value, worker.UserId!.Value, MemberRole.Seller, portal.Clock.Now));
            db.Members.Remove(await db.Members.SingleAsync(m => m.UserId == support.UserId));
        });

        Assert.Contains(own, await PageAsync(partner), StringComparison.Ordinal);
        Assert.Contains(firm, await PageAsync(worker), StringComparison.Ordinal);
        Assert.Contains(already, await PageAsync(happy), StringComparison.Ordinal);
        Assert.Contains(notAdmin, await PageAsync(await world.PersonAsync("Sel Ler", role: MemberRole.Seller)), StringComparison.Ordinal);
        Assert.Contains(noAccount, await PageAsync(support), StringComparison.Ordinal);
        await world.SuspendAsync(partner);
        Assert.Contains(suspended, await PageAsync(await world.PersonAsync("Late Comer")), StringComparison.Ordinal);

        async Task<string> PageAsync(Actor actor)
        {
            var page = await (await SignedIn.SignedInClient(portal, actor, language)).ReadAsync($"/join/{code}");
            Assert.DoesNotContain("name=\"answer\"", page, StringComparison.Ordinal);
            return page;
        }
    }

    [Theory]
    [InlineData(SwitchingRule.BySupport, "en", "only support can change that")]
    [InlineData(SwitchingRule.BySupport, "es", "solo soporte puede cambiarlo")]
    [InlineData(SwitchingRule.LockedForDays, "en", "You can change your partner from 20 December 2026 on")]
    [InlineData(SwitchingRule.LockedForDays, "es", "Puedes cambiar de partner a partir del 20 de diciembre de 2026")]
    [InlineData(SwitchingRule.Allowed, "en", "Your partner now is Brightwater Systems, since 20 November 2026")]
    [InlineData(SwitchingRule.Allowed, "es", "Tu partner ahora es Brightwater Systems, desde el 20 de noviembre de 2026")]
    public async Task Ask_HasPartner_NamesItAndTheRule(SwitchingRule rule, string language, string sentence)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.ProgramAsync(p => (p.Switching, p.SwitchingLockDays) = (rule, 30));
        var first = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var second = await world.CodeOfAsync(await world.IntegratorAsync("Delta Punkt"));
        var client = await world.PersonAsync("Nina Novak");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(first, null, "en", []), client, default));
        var browser = await SignedIn.SignedInClient(portal, client, language);

        Assert.Contains(sentence, await browser.ReadAsync($"/join/{second}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RuleForbidsMeanwhile_ShowsTheSentenceAndChangesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var path = $"/join/{await world.CodeOfAsync(partner)}";
        var browser = await SignedIn.SignedInClient(portal, await world.PersonAsync("Nina Novak"));
        var page = await browser.GetStringAsync(path);
        await world.SuspendAsync(partner);
        var token = page.Split("__RequestVerificationToken\" value=\"")[1].Split('"')[0];

        using var answer = await browser.PostFormAsync(path, "join", ("__RequestVerificationToken", token), ("answer", "yes"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("takes no new clients", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Yes_AccountThatThePartnerCreated_IsAConfirmation(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(u => u.ExecuteAsync([new NewClient("Nina Novak", "nina@example.test", null, "DE", "en", null)], partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(u => u.ExecuteAsync(default));
        var credential = await portal.ReadAsync(db => db.OneTimeCredentials.Select(c => c.Id).SingleAsync());
        var chosen = await portal.CallAsync<ChoosePassword, Result<PasswordChosen>>(u => u.ExecuteAsync(credential, World.Password, default));
        var nina = await world.AgainAsync(new Actor(chosen.Value.UserId, "Nina Novak", null, "", null));
        var browser = await SignedIn.SignedInClient(portal, nina);

        Assert.Contains("Brightwater Systems created this account for you", await browser.ReadAsync(chosen.Value.NextPath), StringComparison.Ordinal);
        Assert.Contains("Brightwater Systems created this account for you", await browser.ReadAsync("/my-partner"), StringComparison.Ordinal);
        (await browser.SubmitAsync(chosen.Value.NextPath, "join", ("answer", "yes"))).Dispose();

        Assert.Equal(CameBy.Created, await portal.ReadAsync(db => db.Attributions.Select(a => a.CameBy).SingleAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.Include(r => r.Events).SingleAsync());
        Assert.Contains(line.Events, e => e.Kind is ClientEventKind.Confirmed);
        Assert.Contains("you confirmed it as your partner", await browser.ReadAsync("/my-partner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Landing_SignedOutShowsWaysIn_SignedInLeadsHome()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        await world.ProgramAsync(p => p.Name = "Fernhill");
        var page = await SignedIn.Visitor(portal, "es").ReadAsync("/");
        Assert.Contains("¿Tienes un código de recomendación?", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/join\"", page, StringComparison.Ordinal);

        using var client = await (await SignedIn.SignedInClient(portal, await world.PersonAsync("Nina"))).GetAsync("/");
        using var partner = await (await SignedIn.SignedInClient(portal, await world.IntegratorAsync("Aurora"))).GetAsync("/");

        Assert.Equal((PortalUrls.MyPartner, PortalUrls.Dashboard), (LocationOf(client), LocationOf(partner)));
    }

    private static string? LocationOf(HttpResponseMessage response) => response.Headers.Location is { IsAbsoluteUri: true } uri ? uri.PathAndQuery : response.Headers.Location?.OriginalString;

    private static async Task ChangeAsync(TestPortal portal, Func<PortalDbContext, Task> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        await change(work.Db);
        work.Audit(Actor.System, AuditActions.MemberJoined, ("account", null));
        await work.CommitAsync(default);
    }
}
