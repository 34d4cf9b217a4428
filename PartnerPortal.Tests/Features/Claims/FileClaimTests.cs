using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Claims;

/// <summary>Filing a claim, and that it tells the claimant nothing.</summary>
public sealed class FileClaimTests
{
    /// <summary>Another's client, one without a partner, the claimant's own that shares nothing with it, and nobody: the claimant reads the same of all, before and after they were looked up.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task File_WhoeverTheClientIs_ReadsTheSameForTheClaimant(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ClaimWorld(portal);
        var (_, client, claimant, support) = await world.StartAsync();
        var alone = await world.People.PersonAsync("Al One");
        var moved = await world.People.PersonAsync("Mo Moved");
        Assert.True((await portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([moved.AccountId!.Value], claimant.AccountId!.Value, "test"), support, default))).Ok);
        string[] names = [client.Email, alone.Email, moved.Email, "nobody@nowhere.test"];

        var seen = new List<List<string>>();
        foreach (var name in names)
        {
            seen.Add([await SeenAsync((await world.FileAsync(claimant, name)).Value, name)]);
        }

        await world.TakeUpAsync();
        foreach (var (i, name) in names.Index())
        {
            var id = await portal.ReadAsync(db => db.ClientClaims.Where(c => c.Named == name).Select(c => c.Id).SingleAsync());
            seen[i].Add(await SeenAsync(id, name));
            // Where lines break depends on how long the name is.
            seen[i].Add(string.Concat((await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == claimant.Email && m.Kind == MailKinds.ClaimFiled).ToListAsync())).Single(m => m.Text.Contains(name, StringComparison.Ordinal)).Text
                .Replace(name, "", StringComparison.Ordinal).Replace($"C-{id}", "", StringComparison.Ordinal).Replace($"/claims/{id}", "", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c))));
        }

        Assert.All(seen, s => Assert.Equal(seen[0], s));
        Assert.Equal(4, (await portal.CallAsync<ClaimQueries, Page<ClaimRow>>(q => q.PageAsync(ClaimSide.Claimant, null, claimant, default))).Items.Count(r => r.State is ClaimState.UnderReview));

        async Task<string> SeenAsync(long id, string name) =>
            JsonSerializer.Serialize(await world.SeenByAsync(id, claimant)).Replace(name, "", StringComparison.Ordinal).Replace($"\"Id\":{id},", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Wrong_SaysWhichAndKeepsNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (_, client, claimant, _) = await world.StartAsync();
        var finance = await world.People.ColleagueAsync(claimant, "Fiona Finance", MemberRole.Finance);

        Assert.IsType<NotAllowed>((await world.FileAsync(finance, "a@b.test")).Error);
        Assert.IsType<NotAllowed>((await world.FileAsync(client, "a@b.test")).Error);
        Assert.IsType<ClaimClientMissing>((await world.FileAsync(claimant, "  ")).Error);
        Assert.IsType<ClaimClientWrong>((await world.FileAsync(claimant, "the bakery")).Error);
        Assert.IsType<ClaimClientWrong>((await world.FileAsync(claimant, "ana@")).Error);
        Assert.IsType<ClaimDomainOfEverybody>((await world.FileAsync(claimant, "https://www.gmail.com/")).Error);
        Assert.IsType<ClaimWordsMissing>((await world.FileAsync(claimant, "a@b.test", " ")).Error);
        Assert.IsType<ClaimWordsTooLong>((await world.FileAsync(claimant, "a@b.test", new string('x', ClientClaim.WordsLength + 1))).Error);
        Assert.Equal(new ClaimFilesTooMany(5), (await world.FileAsync(claimant, "a@b.test", "why", [.. Enumerable.Range(0, 6).Select(_ => ClaimWorld.Pdf())])).Error);
        Assert.Equal(new ClaimFileWrong("x.pdf", EvidenceProblem.NotWhatItSays), (await world.FileAsync(claimant, "a@b.test", "why", new NewFile("C:\\mine\\x.pdf", "MZ"u8.ToArray()))).Error);
        Assert.Equal((0, 0), await portal.ReadAsync(async db => (await db.ClientClaims.CountAsync(), await db.ClaimFiles.CountAsync())));

        var first = await world.FileAsync(claimant, "https://www.Example.test/shop?x=1");
        Assert.Equal(new ClaimOpenAlready(first.Value), (await world.FileAsync(claimant, "example.test")).Error);
        await world.People.SuspendAsync(claimant);
        Assert.IsType<NotAllowed>((await world.FileAsync(await world.People.AgainAsync(claimant), "b@c.test")).Error);
    }

    [Fact]
    public async Task File_MoreThanADaysLimit_IsRefusedUntilTomorrow()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (_, _, claimant, _) = await world.StartAsync();
        for (var i = 0; i < FileClaim.MostADay; i++)
        {
            Assert.Null((await world.FileAsync(claimant, $"a{i}@b.test")).Error);
        }

        Assert.Equal(new ClaimsTooMany(FileClaim.MostADay), (await world.FileAsync(claimant, "more@b.test")).Error);
        portal.Clock.Advance(TimeSpan.FromHours(25));
        Assert.True((await world.FileAsync(claimant, "more@b.test")).Ok);
    }

    /// <summary>Twice at the same moment: one row, whichever database.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task File_TheSameByManyAtOnce_OneStands(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ClaimWorld(portal);
        var (_, client, claimant, _) = await world.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.FileAsync(claimant, client.Email))));

        Assert.Single(results, r => r.Ok);
        Assert.Equal(1, await portal.ReadAsync(db => db.ClientClaims.CountAsync()));
    }

    [Fact]
    public async Task TakeUp_ClientWithPartner_TellsItWithoutNamingTheClaimant()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, _) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email, "José signed with us.");

        var row = await world.RowAsync(claim);
        Assert.Equal((client.AccountId, old.AccountId, portal.Clock.Now.AddDays(7)), (row.ClientId, row.OtherId, row.AnswerDueAt!.Value));
        Assert.Equal([MailKinds.ClaimAsked], await world.MailsAsync(old));
        var mail = await world.LastMailAsync(old);
        Assert.Contains("José Almeida", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Brightwater", mail.Text, StringComparison.Ordinal);
        var view = await world.SeenByAsync(claim, old);
        Assert.Equal((ClaimSide.Other, "José Almeida", "José signed with us.", ""), (view!.Side, view.Client, view.Words, view.FiledBy));
        Assert.Equal(0, await world.TakeUpAsync());
        Assert.Equal(1, await portal.CallAsync<ClaimQueries, int>(q => q.WaitingAsync(old, default)));
    }

    /// <summary>A client that stopped sharing stands in the claim by its initials, also where the claimant's words name it.</summary>
    [Fact]
    public async Task TakeUp_ClientThatSharesNothing_IsNamedByInitialsToItsPartner()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, _) = await world.StartAsync();
        Assert.True((await portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(client, default))).Ok);
        var claim = await world.FiledAsync(claimant, client.Email, $"José signed with us; write to {client.Email} and ask Mr Almeida.");

        var view = await world.SeenByAsync(claim, old);
        Assert.Equal("J. A.", view!.Client);
        Assert.DoesNotContain("Almeida", view.Words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("José", view.Words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(client.Email, JsonSerializer.Serialize(view), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Almeida", (await world.LastMailAsync(old)).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Withdraw_OpenClaim_EndsItAndTellsBoth()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email);

        Assert.IsType<NotAllowed>((await WithdrawAsync(old)).Error);
        Assert.True((await WithdrawAsync(claimant)).Ok);
        Assert.IsType<ClaimOver>((await WithdrawAsync(claimant)).Error);
        Assert.IsType<ClaimOver>((await world.AnswerAsync(claim, old)).Error);
        Assert.IsType<ClaimOver>((await world.DecideAsync(claim, support, moves: false)).Error);
        Assert.Equal([MailKinds.ClaimAsked, MailKinds.ClaimWithdrawn], await world.MailsAsync(old));
        Assert.Equal([MailKinds.ClaimFiled, MailKinds.ClaimWithdrawn], await world.MailsAsync(claimant));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClaimWithdrawn)));
        Assert.True((await world.FileAsync(claimant, client.Email)).Ok);

        Task<Result<Done>> WithdrawAsync(Actor actor) => portal.CallAsync<WithdrawClaim, Result<Done>>(w => w.ExecuteAsync(claim, actor, default));
    }
}
