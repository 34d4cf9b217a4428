using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Audit;

public sealed class AuditTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task FindAsync_Filters_NarrowTheLog(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var since = portal.Clock.Now;
        await WriteAsync(portal, AuditActions.AccountChanged, "José Almeida", 7);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await WriteAsync(portal, AuditActions.PartnerGroupCreated, "Olga 100%", null);
        await WriteAsync(portal, AuditActions.AccountChanged, "Olga 1000", 8);

        async Task<int> CountAsync(AuditFilter filter) =>
            (await portal.CallAsync<AuditQueries, Page<AuditRow>>(q => q.FindAsync(filter, null, 50, support, default))).Items.Count(r => r.Action is AuditActions.AccountChanged or AuditActions.PartnerGroupCreated);

        Assert.Equal(3, await CountAsync(AuditFilter.None));
        Assert.Equal(2, await CountAsync(AuditFilter.None with { Action = AuditActions.AccountChanged }));
        Assert.Equal(1, await CountAsync(AuditFilter.None with { ActorName = "ALMEIDA jose" }));
        Assert.Equal(1, await CountAsync(AuditFilter.None with { ActorName = "100%" }));
        Assert.Equal(1, await CountAsync(AuditFilter.None with { AccountId = 8 }));
        Assert.Equal(1, await CountAsync(AuditFilter.None with { From = since, Until = since.AddHours(1) }));
        Assert.Equal(2, await CountAsync(AuditFilter.None with { From = since.AddDays(1) }));
        Assert.Equal(0, await CountAsync(AuditFilter.None with { Action = "nonsense" }));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task FindAsync_Pages_AreNewestFirstAndStayWhileEntriesCome(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var support = await new World(portal).SupportAsync();
        for (var i = 0; i < 7; i++)
        {
            await WriteAsync(portal, AuditActions.PartnerGroupCreated, $"Actor {i}", null);
        }

        var filter = AuditFilter.None with { Action = AuditActions.PartnerGroupCreated };
        Task<Page<AuditRow>> PageAsync(string? cursor) => portal.CallAsync<AuditQueries, Page<AuditRow>>(q => q.FindAsync(filter, cursor, 3, support, default));
        var first = await PageAsync(null);
        await WriteAsync(portal, AuditActions.PartnerGroupCreated, "Actor 7", null);
        var second = await PageAsync(first.Next);
        var third = await PageAsync(second.Next);

        Assert.Equal(["Actor 6", "Actor 5", "Actor 4"], first.Items.Select(r => r.ActorName));
        Assert.Equal(["Actor 3", "Actor 2", "Actor 1"], second.Items.Select(r => r.ActorName));
        Assert.Equal(["Actor 0"], third.Items.Select(r => r.ActorName));
        Assert.Null(third.Next);
        var newest = await PageAsync((await PageAsync(second.Previous)).Previous);
        Assert.Equal(["Actor 7"], newest.Items.Select(r => r.ActorName));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Sentence_EveryAction_IsSaidInWords(string language)
    {
        await using var portal = await TestPortal.StartAsync();
        var text = portal.Services.GetRequiredService<IStringLocalizer<AuditText>>();
        using (Languages.Speak(language))
        {
            foreach (var action in AuditActions.All)
            {
                Assert.False(text["Action." + action].ResourceNotFound, $"{language}: no sentence for {action}");
                Assert.False(text["Name." + action].ResourceNotFound, $"{language}: no name for {action}");
                var row = new AuditRow(1, DateTime.UnixEpoch, 1, "Sam Support", action, "account", 7, 7, null);
                Assert.True(text.Sentence(row, "Brightwater") is { Length: > 5 } sentence && !sentence.Contains('{', StringComparison.Ordinal));
            }

            if (language == "es")
            {
                var english = text.GetAllStrings(includeParentCultures: false).ToDictionary(s => s.Name, s => s.Value);
                Assert.All(AuditActions.All, action => Assert.True(english.ContainsKey("Action." + action)));
            }
        }
    }

    [Fact]
    public async Task Details_IdsAndEnums_AreReadable()
    {
        await using var portal = await TestPortal.StartAsync();
        var text = portal.Services.GetRequiredService<IStringLocalizer<AuditText>>();
        var row = new AuditRow(1, DateTime.UnixEpoch, 1, "Sam", AuditActions.AttributionReassigned, "account", 7, 7,
            """{"from":8,"to":9,"reason":"Fair <b>","cameBy":"Qr","again":true,"sponsor":null,"odd":["a",{"x":1}]}""");
        using (Languages.Speak("en"))
        {
            var details = text.Details(row, new Dictionary<long, string> { [8] = "Delta Punkt", [9] = "" });

            Assert.Equal([("From", "Delta Punkt"), ("To", "an account"), ("Reason", "Fair <b>"), ("Came by", "QR code"), ("Once more", "yes"), ("odd", "a, x: 1")], details);
        }

        Assert.Equal([7L, 8, 9], AuditWords.AccountsIn([row]).Order());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Rows_OfLogAndReceipts_AreNeverChangedOrDeleted(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var client = await world.PersonAsync("José Almeida");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default));

        foreach (var table in new[] { "AuditEntries", "Receipts" })
        {
            await AppendOnlyRows.AssertRefusedAsync(portal, table, "\"ActorName\" = 'x'");
        }
    }

    private static async Task WriteAsync(TestPortal portal, string action, string actorName, long? accountId)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        work.Audit(new Actor(null, actorName, null, "", null), action, ("test", null), accountId);
        await work.CommitAsync(default);
    }
}
