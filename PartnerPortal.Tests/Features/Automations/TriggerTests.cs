using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations;

public sealed class TriggerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_Registered_RunsTheChosenOneAlone(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var chosen = await scene.AddAsync(AutomationTrigger.Registered, AutomationScene.Wait(1));
        await scene.AddAsync(AutomationTrigger.Registered, AutomationScene.Wait(2));
        await RegisterAsync(scene, "nora@client.test");
        await scene.StartRunsAsync();
        Assert.Empty(await scene.RunsAsync());

        Assert.Null((await scene.Portal.CallAsync<ChooseRegistrationAutomation, Result<Done>>(c => c.ExecuteAsync(chosen, scene.Owner, default))).Error);
        await RegisterAsync(scene, "otto@client.test");
        await scene.StartRunsAsync();

        var run = await scene.OnlyRunAsync();
        var otto = await scene.Portal.ReadAsync(db => db.Accounts.Where(a => a.Email == "otto@client.test").Select(a => a.Id).SingleAsync());
        Assert.Equal((chosen, otto), (run.AutomationId, run.ClientId));
        Assert.Equal(chosen, await scene.Portal.CallAsync<AutomationQueries, long?>(q => q.AfterRegistrationAsync(scene.Owner, default)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_CreatedAndConfirmed_BeginOnceEach(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var created = await scene.AddAsync(AutomationTrigger.ClientCreated, AutomationScene.Wait(1));
        var confirmed = await scene.AddAsync(AutomationTrigger.EmailConfirmed, AutomationScene.Wait(1));
        await CreateAsync(scene, "carl@client.test");
        var credential = await scene.Portal.ReadAsync(db => db.OneTimeCredentials.Select(c => c.Id).SingleAsync());
        Assert.True((await scene.Portal.CallAsync<ChoosePassword, Result<PasswordChosen>>(c => c.ExecuteAsync(credential, World.Password, default))).Ok);

        await scene.StartRunsAsync();
        await scene.StartRunsAsync();

        var runs = await scene.RunsAsync();
        Assert.Equal([created, confirmed], runs.Select(r => r.AutomationId));
        Assert.Equal(scene.Partner.AccountId, runs[0].PartnerId);
        Assert.NotNull(runs[0].RecordId);
        Assert.NotNull(runs[1].ClientId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_JoinedBoughtAndRefunded_BeginWithTheirSums(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var joined = await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1));
        var first = await scene.AddAsync(AutomationTrigger.FirstPurchase, AutomationScene.Wait(1));
        var bought = await scene.AddAsync(AutomationTrigger.Purchase, AutomationScene.Wait(1));
        var back = await scene.AddAsync(AutomationTrigger.Refund, AutomationScene.Wait(1));
        await scene.JoinAsync();
        await scene.BuyAsync("o-1", 5000);
        await scene.BuyAsync("o-2", 7000);
        await scene.Money.RefundAsync(scene.Money.Refund("o-2", "r-1", 1000));

        await scene.StartRunsAsync();

        var runs = await scene.RunsAsync();
        Assert.Equal([joined, first, bought, bought, back], runs.Select(r => r.AutomationId));
        Assert.Equal([null, 5000, 5000, 7000, 1000], runs.Select(r => r.Amount));
        Assert.All(runs, r => Assert.Equal((scene.Client.AccountId, scene.Partner.AccountId), (r.ClientId, r.PartnerId)));
        Assert.Equal("Joined", runs[0].How);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_RefusedAndApproved_Begin(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        var refused = await scene.AddAsync(AutomationTrigger.Refused, AutomationScene.Wait(1));
        var approved = await scene.AddAsync(AutomationTrigger.PartnerApproved, AutomationScene.Wait(1));
        Assert.True((await scene.Portal.CallAsync<RefusePartner, Result<Done>>(async r => await r.ExecuteAsync(await scene.People.CodeOfAsync(scene.Partner), null, scene.Client, default))).Ok);
        var applicant = await ApplyAsync(scene);

        await scene.StartRunsAsync();

        var runs = await scene.RunsAsync();
        Assert.Equal([refused, approved], runs.Select(r => r.AutomationId));
        Assert.Equal((scene.Client.AccountId, scene.Partner.AccountId), (runs[0].ClientId, runs[0].PartnerId));
        Assert.Equal((null, applicant.AccountId), (runs[1].ClientId, runs[1].PartnerId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartRunsAsync_BeforeItWasStartedOrWhilePaused_BeginsNothing(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.JoinAsync();
        var bought = await scene.AddAsync(AutomationTrigger.Purchase, AutomationScene.Wait(1));
        await scene.AddAsync(AutomationTrigger.Joined, AutomationScene.Wait(1));
        await scene.StartRunsAsync();
        await scene.PauseAsync(bought);
        await scene.BuyAsync("while-paused");
        await scene.StartRunsAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.ResumeAsync(bought);
        await scene.BuyAsync("after");

        await scene.StartRunsAsync();

        Assert.Equal(bought, (await scene.OnlyRunAsync()).AutomationId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartSilentAsync_NoSignIn_ReachesEachOnceAndNobodyOfBefore(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.JoinAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(30));
        var late = await scene.People.PersonAsync("Late Latecomer");
        var silent = await scene.AddAsync(AutomationTrigger.NoSignIn, AutomationScene.Wait(1));
        await scene.StartSilentAsync();
        Assert.Empty(await scene.RunsAsync());

        scene.Portal.Clock.Advance(TimeSpan.FromDays(7));
        await scene.StartSilentAsync();
        await scene.StartSilentAsync();
        var run = await scene.OnlyRunAsync();
        Assert.Equal((silent, late.AccountId), (run.AutomationId, run.ClientId));

        // Seen, and silent once more.
        await scene.Portal.CallAsync<RecordSeen, bool>(async s =>
        {
            await s.ExecuteAsync(late.UserId!.Value, default);
            return true;
        });
        await scene.StartSilentAsync();
        Assert.Single(await scene.RunsAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        Assert.Equal(2, (await scene.RunsAsync()).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartSilentAsync_NoPurchaseAskedForThePast_ReachesClientsAndNoPartnersOrStaff(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.JoinAsync();
        var buyer = await scene.People.PersonAsync("Berta Buyer");
        scene.Portal.Clock.Advance(TimeSpan.FromDays(30));
        await scene.BuyAsync("o-1", client: buyer.AccountId);
        var form = AutomationScene.Form(AutomationTrigger.NoPurchase, AutomationScene.Tag("quiet"));
        form.ReachesPast = true;
        await scene.AddAsync(form);

        await scene.StartSilentAsync();
        await scene.RunAsync();

        var run = await scene.OnlyRunAsync();
        Assert.Equal((scene.Client.AccountId, scene.Partner.AccountId, RunState.Done), (run.ClientId, run.PartnerId, run.State));
        Assert.Equal(["quiet"], await scene.TagsAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        Assert.Equal([scene.Client.AccountId, buyer.AccountId], (await scene.RunsAsync()).Select(r => r.ClientId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StartSilentAsync_InvitationUnanswered_IsSentAgainOnce(DatabaseKind kind)
    {
        await using var scene = await AutomationScene.StartAsync(kind);
        await scene.AddAsync(AutomationTrigger.InvitationUnanswered, new StepForm { Kind = StepKind.InviteAgain });
        await CreateAsync(scene, "carl@client.test");
        await scene.StartSilentAsync();
        Assert.Empty(await scene.RunsAsync());

        scene.Portal.Clock.Advance(TimeSpan.FromDays(7));
        await scene.StartSilentAsync();
        await scene.RunAsync();
        await scene.Portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));

        Assert.Equal(RunState.Done, (await scene.OnlyRunAsync()).State);
        Assert.Equal(2, await scene.Portal.ReadAsync(db => db.Invitations.Select(i => i.Sendings).SingleAsync()));
        scene.Portal.Clock.Advance(TimeSpan.FromDays(8));
        await scene.StartSilentAsync();
        Assert.Single(await scene.RunsAsync());
    }

    internal static Task CreateAsync(AutomationScene scene, string email) => scene.Portal.InScopeAsync(async _ =>
    {
        await scene.Portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Carl Created", email, "", "DE", "en", "")], scene.Partner, default));
        await scene.Portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        return true;
    });

    private static async Task RegisterAsync(AutomationScene scene, string email) => Assert.True((await scene.Portal.CallAsync<RegisterAccount, Result<Registered>>(
        r => r.ExecuteAsync(new RegisterRequest("Somebody New", email, World.Password, "en", new ReferralClues(null, null, null, []), null, false), default))).Ok);

    private static async Task<Actor> ApplyAsync(AutomationScene scene)
    {
        var applicant = await scene.People.PersonAsync("Anton Applicant");
        Assert.Null((await scene.Portal.CallAsync<ApplyAsPartner, Result<Done>>(a => a.ExecuteAsync(new PartnerApplication(PartnerPortal.Features.Accounts.AccountKind.Person, "Anton Applicant", null, "about us"), applicant, default))).Error);
        Assert.Null((await scene.Portal.CallAsync<ApproveApplication, Result<Done>>(a => a.ExecuteAsync(applicant.AccountId!.Value, scene.Owner, default))).Error);
        return applicant;
    }
}
