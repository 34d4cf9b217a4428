using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Support;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Tasks;

public sealed class TaskTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task CreateAsync_SameKeyManyAtOnce_MakesOne(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var draft = new TaskDraft("Call them", partner.AccountId, null, portal.Clock.Now, "run:1");

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MakeAsync(portal, draft))));

        Assert.Single(made.Select(m => m.Value).Distinct());
        Assert.Equal(1, await portal.ReadAsync(db => db.TodoTasks.CountAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.TaskCreated && e.SubjectId == made[0].Value)));
        Assert.IsType<TaskTitleMissing>((await MakeAsync(portal, draft with { Title = " ", Key = null })).Error);
        Assert.IsType<TaskTitleTooLong>((await MakeAsync(portal, draft with { Title = new string('x', 201), Key = "run:2" })).Error);
        Assert.IsType<NoSuchTaskAccount>((await MakeAsync(portal, draft with { ClientId = 4711, Key = "run:3" })).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Tasks_OfAPartner_AreDoneAndUndoneByItsPeopleAlone(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var finance = await world.ColleagueAsync(partner, "Fiona Finance", MemberRole.Finance);
        var (own, staffs) = ((await MakeAsync(portal, new TaskDraft("Call them", partner.AccountId, null, null))).Value, (await MakeAsync(portal, new TaskDraft("Look at it", null, null, null))).Value);
        var support = await world.SupportAsync();
        Actor[] others = [await world.IntegratorAsync("Wrongway Limited"), await world.PersonAsync("Clara Client"), support, Actor.Visitor];

        foreach (var actor in others)
        {
            Assert.IsType<NoSuchTask>((await CompleteAsync(portal, own, actor)).Error);
            Assert.DoesNotContain(await OpenAsync(portal, false, actor), r => r.Id == own);
        }

        foreach (var actor in others.Where(a => !a.IsStaff).Append(partner))
        {
            Assert.IsType<NoSuchTask>((await CompleteAsync(portal, staffs, actor)).Error);
            Assert.Empty(await OpenAsync(portal, true, actor));
        }

        Assert.True((await CompleteAsync(portal, own, finance)).Ok);
        Assert.True((await CompleteAsync(portal, own, partner)).Ok);
        Assert.Empty(await OpenAsync(portal, false, partner));
        var done = (await portal.CallAsync<TaskQueries, Page<TaskRow>>(q => q.DoneAsync(false, null, partner, default))).Items.Single();
        Assert.Equal(("Fiona Finance", portal.Clock.Now), (done.DoneBy, done.DoneAt));
        Assert.True((await portal.CallAsync<ReopenTask, Result<Done>>(r => r.ExecuteAsync(own, partner, default))).Ok);
        Assert.Equal(own, (await OpenAsync(portal, false, finance)).Single().Id);
        Assert.Equal([AuditActions.TaskCompleted, AuditActions.TaskReopened],
            await portal.ReadAsync(db => db.AuditEntries.Where(e => e.SubjectKind == "task" && e.SubjectId == own && e.Action != AuditActions.TaskCreated).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
        Assert.True((await CompleteAsync(portal, staffs, support)).Ok);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task OpenAsync_AboutAClient_ShowsWhatTheListShows(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("Clara Client");
        await new MoneyWorld(portal).AttributeAsync(client.AccountId!.Value, partner.AccountId!.Value);
        await MakeAsync(portal, new TaskDraft("No day", partner.AccountId, client.AccountId, null));
        await MakeAsync(portal, new TaskDraft("Later", partner.AccountId, null, portal.Clock.Now.AddDays(2)));
        await MakeAsync(portal, new TaskDraft("Overdue", partner.AccountId, client.AccountId, portal.Clock.Now.AddDays(-2)));
        await MakeAsync(portal, new TaskDraft("Of staff", null, client.AccountId, null));

        var open = await OpenAsync(portal, false, partner);

        Assert.Equal(["Overdue", "Later", "No day"], open.Select(r => r.Title));
        Assert.DoesNotContain(open, r => r.ClientName.Contains("Clara", StringComparison.Ordinal) || r.ClientId is not null);
        Assert.Equal(new TaskCounts(3, 1), await portal.CallAsync<TaskQueries, TaskCounts>(q => q.CountAsync(false, portal.Clock.Now, partner, default)));
        var support = await world.SupportAsync();
        Assert.Equal(("Clara Client", client.AccountId), (await OpenAsync(portal, true, support)).Select(r => (r.ClientName, r.ClientId)).Single());
        Assert.Equal(1, (await portal.CallAsync<WaitingWorkQueries, IReadOnlyList<WaitingWork>>(q => q.ListAsync(support, default))).Single(w => w.Kind == "Tasks").Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task CloseAccount_OfTheClient_TakesTheWordsOfItsTasksAway(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var client = await new World(portal).PersonAsync("Clara Client");
        await MakeAsync(portal, new TaskDraft("Call Clara about her boat", null, client.AccountId, null));
        await MakeAsync(portal, new TaskDraft("Water the plants", null, null, null));

        await portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(client, default));

        Assert.Equal(["", "Water the plants"], await portal.ReadAsync(db => db.TodoTasks.OrderBy(t => t.Id).Select(t => t.Title).ToListAsync()));
    }

    [Fact]
    public async Task Page_TaskDone_GoesAndComesBackWithUndo()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await MakeAsync(portal, new TaskDraft("Call them", partner.AccountId, null, null));
        await using var pages = new ClientPages(portal, partner);
        pages.Navigation.NavigateTo(PortalUrls.Tasks);
        var page = pages.Render<TasksPage>();

        page.WaitForElement("tbody button").Click();
        page.WaitForState(() => page.FindAll("tbody").Count == 0);
        Assert.Contains("Done: Call them", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.NotNull(await portal.ReadAsync(db => db.TodoTasks.Select(t => t.DoneAt).SingleAsync()));

        page.Find(".notice .links button").Click();
        page.WaitForElement("tbody button");
        Assert.Null(await portal.ReadAsync(db => db.TodoTasks.Select(t => t.DoneAt).SingleAsync()));

        page.Find("form").Submit();
        page.WaitForElement("#task-title-error");
        page.Find("#task-title").Change("Write to them");
        page.Find("form").Submit();
        page.WaitForState(() => page.FindAll("tbody tr").Count == 2);
    }

    private static async Task<Result<long>> MakeAsync(TestPortal portal, TaskDraft draft)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var made = await TaskBook.CreateAsync(work, draft, Actor.System, default);
        await work.CommitAsync(default);
        return made;
    }

    private static Task<Result<Done>> CompleteAsync(TestPortal portal, long id, Actor actor) => portal.CallAsync<CompleteTask, Result<Done>>(c => c.ExecuteAsync(id, actor, default));

    private static Task<IReadOnlyList<TaskRow>> OpenAsync(TestPortal portal, bool forStaff, Actor actor) => portal.CallAsync<TaskQueries, IReadOnlyList<TaskRow>>(q => q.OpenAsync(forStaff, actor, default));
}
