using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Access;

/// <summary>Who walks; the letters of the table's rows are in this order.</summary>
public enum Walker
{
    Nobody,

    /// <summary>A client of the right partner.</summary>
    Client,

    /// <summary>The partner whose things the addresses name; an admin of it.</summary>
    Right,

    /// <summary>Another partner.</summary>
    Wrong,

    /// <summary>A member of the right partner who sees money and sells nothing.</summary>
    Finance,
    Support,
    Owner,
}

/// <summary>People of every kind, and a partner with things of its own that others must not see.</summary>
public sealed class WalkWorld
{
    private readonly Dictionary<Walker, Actor> _people = [];
    private readonly Dictionary<string, string> _values = [];

    /// <summary>What only the right partner, its colleague and staff may read anywhere.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Zenobia Verborgen", "zenobia@verborgen.test", "invited@verborgen.test", "mentioned in confidence", "signed on the boat", "verborgen.example", PayoutWorld.Number, PayoutWorld.TaxId];

    /// <summary>By which the right partner may act for the client, whatever partners can ask for.</summary>
    public long Grant { get; private set; }

    /// <summary>A start by that grant that goes on.</summary>
    public long ActingSession { get; private set; }

    public Actor this[Walker walker] => _people[walker];

    /// <summary>The value that stands for a name in braces in an address of the table.</summary>
    public string Fill(string address)
    {
        foreach (var (name, value) in _values)
        {
            address = address.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return address;
    }

    public static async Task<WalkWorld> CreateAsync(TestPortal portal)
    {
        var world = new World(portal);
        var made = new WalkWorld();
        var right = await world.IntegratorAsync("Rightway Systems", "admin@rightway.test");
        made._people[Walker.Nobody] = Actor.Visitor;
        made._people[Walker.Right] = right;
        made._people[Walker.Wrong] = await world.IntegratorAsync("Wrongway Limited", "admin@wrongway.test");
        made._people[Walker.Client] = await world.PersonAsync("Clara Client", "clara@client.test");
        made._people[Walker.Support] = await world.SupportAsync();
        made._people[Walker.Owner] = await world.OwnerAsync();
        made._people[Walker.Finance] = await world.ColleagueAsync(right, "Fiona Finance", MemberRole.Finance, "finance@rightway.test");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(
            new JoinRequest(await world.CodeOfAsync(right), null, "en", []), made[Walker.Client], default));
        var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync(
            [new NewClient(Secrets[0], Secrets[1], "", "DE", "en", Secrets[3])], right, default));
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest([Secrets[2]], "en"), right, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var token = LinkToken.New();
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            work.Db.MemberInvitations.Add(new MemberInvitation(
                right.AccountId!.Value, "colleague@rightway.test", "colleague@rightway.test", MemberRole.Seller, LinkToken.Hash(token), right.UserId!.Value, work.Now, work.Now.AddDays(7)));
            work.Audit(right, AuditActions.AccountChanged, ("account", right.AccountId), right.AccountId);
            await work.CommitAsync(default);
        }

        await TaskAsync(portal, made);
        await HookAsync(portal, made);
        await EarnAsync(portal, made);
        await TellAsync(portal, made);
        await PayOutAsync(portal, made);
        made._values["invoice"] = await OrderAsync(portal, made);
        await AccessAsync(portal, made);
        await ClaimAsync(portal, made);
        await portal.CallAsync<MakeNotifications, int>(m => m.ExecuteAsync(default));
        made._values["record"] = Text(created.Value[0].RecordId!.Value);
        made._values["client"] = Text(made[Walker.Client].AccountId!.Value);
        made._values["partner"] = Text(right.AccountId!.Value);
        made._values["message"] = Text(await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync()));
        made._values["invitation"] = Text(await portal.ReadAsync(db => db.Invitations.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync()));
        made._values["mailed"] = await portal.ReadAsync(db => db.Invitations.OrderBy(m => m.Id).Select(m => m.Token).FirstAsync());
        made._values["code"] = await world.CodeOfAsync(right);
        made._values["token"] = token;
        made._values["purchase"] = "a-1";
        made._values["bought"] = Text(await portal.ReadAsync(db => db.Purchases.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync()));
        made._values["receipt"] = Text(await portal.ReadAsync(db => db.Receipts.OrderBy(r => r.Id).Select(r => r.Id).FirstAsync()));
        made._values["flag"] = Text(await FlagAsync(portal, right.AccountId!.Value, made[Walker.Client].AccountId!.Value));
        made._values["start"] = LinkToken.New();
        made._values["quiet"] = portal.Services.GetRequiredService<StopLinkSeal>().Seal(new StopWish(right.UserId!.Value, null));
        made._values["template"] = Text((await portal.CallAsync<AddMailTemplate, Result<long>>(a => a.ExecuteAsync(
            new TemplateForm("Welcome aboard", MailOccasion.Client, false, new Dictionary<string, TypedText> { ["en"] = new("Hello {{client.name}}", "Welcome.\n\n{{client.qr}}") }), made[Walker.Owner], default))).Value);
        made._values["automation"] = Text((await portal.CallAsync<SaveAutomation, Result<long>>(s => s.ExecuteAsync(
            new AutomationForm { Name = "A tag for who joins", Trigger = AutomationTrigger.Joined, Conditions = [new ConditionForm { Kind = ConditionKind.Language, Values = ["en"] }], Steps = [new StepForm { Kind = StepKind.Wait, Days = "2" }, new StepForm { Kind = StepKind.Tag, Text = "joined" }] },
            made[Walker.Owner], default))).Value);
        made._values["stop"] = portal.Services.GetRequiredService<MailStopSeal>().UrlFor(made[Walker.Client].UserId!.Value).Page.Split('/')[^1];
        made._values["reassignment"] = Text((await portal.CallAsync<DraftReassignment, Result<long>>(
            d => d.ExecuteAsync(ReassignSelection.Of([made[Walker.Client].AccountId!.Value]), made[Walker.Support], default))).Value);
        return made;
    }

    /// <summary>The right partner has tasks about its clients, one of them done; staff has one.</summary>
    private static async Task TaskAsync(TestPortal portal, WalkWorld made)
    {
        var client = made[Walker.Client].AccountId;
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        await TaskBook.CreateAsync(work, new TaskDraft("Call about what was mentioned in confidence", made[Walker.Right].AccountId, client, work.Now.AddDays(-1)), Actor.System, default);
        var done = await TaskBook.CreateAsync(work, new TaskDraft("Send the offer", made[Walker.Right].AccountId, client, null), Actor.System, default);
        (await work.Db.TodoTasks.SingleAsync(t => t.Id == done.Value)).Complete(made[Walker.Right].UserId, work.Now);
        await TaskBook.CreateAsync(work, new TaskDraft("Look at the new client", null, client, work.Now.AddDays(3)), Actor.System, default);
        await work.CommitAsync(default);
    }

    /// <summary>The right partner and the program have an endpoint each, which are told of what it earns.</summary>
    private static async Task HookAsync(TestPortal portal, WalkWorld made)
    {
        await portal.CallAsync<MakeNotifications, int>(m => m.ExecuteAsync(default));
        await portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        foreach (var (walker, name) in new[] { (Walker.Right, "endpoint"), (Walker.Owner, "hook") })
        {
            var added = await portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(new EndpointForm("https://verborgen.example/hook", "The boat's own system", null), walker is Walker.Owner, made[walker], default));
            // What it is told waits: nobody is called.
            Assert.True((await portal.CallAsync<PauseWebhook, Result<Done>>(p => p.ExecuteAsync(added.Value.Id, made[walker], default))).Ok);
            made._values[name] = Text(added.Value.Id);
        }
    }

    private static async Task TellAsync(TestPortal portal, WalkWorld made)
    {
        await portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        foreach (var (name, delivery) in new[] { ("endpoint", "delivery"), ("hook", "told") })
        {
            var endpoint = long.Parse(made._values[name], CultureInfo.InvariantCulture);
            made._values[delivery] = Text(await portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.EndpointId == endpoint).Select(d => d.Id).FirstAsync()));
        }
    }

    /// <summary>A client of the right partner is under review.</summary>
    private static async Task<long> FlagAsync(TestPortal portal, long partner, long client)
    {
        var id = 0L;
        await new MoneyWorld(portal).WorkAsync(async work =>
        {
            var flag = new ReviewFlag(FlagKind.SelfReferral, partner, 1, work.Now);
            work.Db.ReviewFlags.Add(flag);
            await work.SaveAsync(default);
            work.Db.FlaggedClients.Add(new FlaggedClient(flag, client, FlagMatches.Phone));
            id = flag.Id;
        });
        return id;
    }

    /// <summary>The right partner earned something by its client, and nothing by a product that its plan leaves out.</summary>
    private static async Task EarnAsync(TestPortal portal, WalkWorld made)
    {
        var money = new MoneyWorld(portal);
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], Products = ["team"], HoldDays = 30 }));
        var bought = money.Purchase(made[Walker.Client].AccountId!.Value, "a-1");
        await money.BuyAsync(bought);
        await money.BuyAsync(bought with { ExternalId = "a-2", Product = "solo" });
        await money.RefundAsync(money.Refund("a-1", "r-1", 1000));
        // A payment whose client nobody knows.
        await portal.CallAsync<TakeStripeEvent, Result<Done>>(t => t.ExecuteAsync(new StripePaid("pi_1", null, null, null, "buyer@nowhere.test", 8000, 0, 0, "EUR", "team", portal.Clock.Now), default));
    }

    /// <summary>A payout of the right partner that is at the bank.</summary>
    private static async Task PayOutAsync(TestPortal portal, WalkWorld made)
    {
        var (world, right) = (new PayoutWorld(portal), made[Walker.Right]);
        await world.Money.WorkAsync(work =>
        {
            LedgerBook.Post(work, LedgerKind.Correction, new LedgerSubject(null), [new Posting(LedgerPlace.Program, LedgerPlace.Available(right.AccountId!.Value), "EUR", 4200)]);
            return Task.CompletedTask;
        });
        await world.AcceptAsync(right);
        await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(PayoutWorld.Form(), right, default));
        var payout = (await world.RequestAsync(right)).Value;
        await world.ApproveAsync(payout, made[Walker.Support]);
        made._values["payout"] = Text(payout);
        made._values["batch"] = Text((await world.ExportAsync(made[Walker.Support])).Value.BatchId);
    }

    /// <summary>The client ordered a plan and has not paid it.</summary>
    private static async Task<string> OrderAsync(TestPortal portal, WalkWorld made)
    {
        var shop = new ShopWorld(portal);
        await shop.PlanAsync("team", "49.00 EUR", "Team");
        return (await shop.OrderAsync(made[Walker.Client], "team")).Value.InvoiceNumber;
    }

    /// <summary>The right partner may work in its client's account, was there, and asks for more.</summary>
    private static async Task AccessAsync(TestPortal portal, WalkWorld made)
    {
        var (world, right, client) = (new AccessWorld(portal), made[Walker.Right], made[Walker.Client]);
        made.Grant = await world.GrantAsync(right, client, days: 14);
        made.ActingSession = await world.StartAsync(made.Grant, right);
        Assert.True((await world.AskAsync(right, client.AccountId!.Value, AccessScopes.ViewProfile | AccessScopes.EditProfile, days: 30, why: "The new address of the shop.")).Ok);
    }

    /// <summary>The right partner claims somebody whom nobody knows, with a file.</summary>
    private static async Task ClaimAsync(TestPortal portal, WalkWorld made)
    {
        var form = new ClaimForm("nobody@verborgen.test", "They signed on the boat.", [new NewFile("boat.txt", "signed on the boat"u8.ToArray())]);
        made._values["claim"] = Text((await portal.CallAsync<FileClaim, Result<long>>(f => f.ExecuteAsync(form, made[Walker.Right], default))).Value);
        await portal.CallAsync<TakeUpClaims, int>(t => t.ExecuteAsync(default));
        made._values["evidence"] = Text(await portal.ReadAsync(db => db.ClaimFiles.Select(f => f.Id).SingleAsync()));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
