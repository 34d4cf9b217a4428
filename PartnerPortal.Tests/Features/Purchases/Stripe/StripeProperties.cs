using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Commissions;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases.Stripe;

/// <summary>What happened to one payment.</summary>
/// <param name="Net">Minor units without tax; the tax is a fifth of it.</param>
/// <param name="Steps">Parts in a thousand of what was paid that were refunded, one refund after the other.</param>
/// <param name="Lost">Part in a thousand that a dispute took; none at 0.</param>
public sealed record StripeStory(bool IsSubscription, bool IsLate, long Net, IReadOnlyList<int> Steps, int Lost)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsSubscription ? "invoice" : IsLate ? "late session" : "session")} {Net} refunded {string.Join('/', Steps)} lost {Lost}");
}

/// <summary>Payments, refunds and disputes told in order and once, or shuffled and several times, leave the same balances.</summary>
public sealed class StripeProperties
{
    private static readonly Gen<StripeStory> Story =
        from isSubscription in Gen.Elements(true, false)
        from isLate in Gen.Elements(true, false)
        from net in Gen.OneOf(PlanGenerator.Long(1, 200), PlanGenerator.Long(1, 10_000_000))
        from steps in Gen.Choose(1, 400).ListOf()
        from lost in Gen.Elements(0, 0, 300, 1000)
        select new StripeStory(isSubscription, isLate, net, [.. steps.Take(4)], lost);

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_ShuffledAndDoubled_LeaveTheSameBalances(DatabaseKind kind)
    {
        await using var scene = await StripeScene.StartAsync(kind);
        var runs = Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : kind is DatabaseKind.Sqlite ? 8 : 4;
        var cases = from stories in Story.NonEmptyListOf() from seed in Gen.Choose(0, 1_000_000) select (stories: stories.Take(4).ToList(), seed);

        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(Arb.From(cases), c => HoldsAsync(scene, c.stories, c.seed).GetAwaiter().GetResult())));
    }

    private static async Task<bool> HoldsAsync(StripeScene scene, List<StripeStory> stories, int seed)
    {
        var inOrder = await RunAsync(scene, stories, null);
        var shuffled = await RunAsync(scene, stories, new Random(seed));

        Assert.Equal(inOrder, shuffled);
        return true;
    }

    private static async Task<long[]> RunAsync(StripeScene scene, List<StripeStory> stories, Random? random)
    {
        scene.Portal.Clock.Advance(TimeSpan.FromDays(-1));
        var people = await StripeScene.ChainAsync(scene.World);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        var mark = Guid.NewGuid().ToString("N")[..8];
        var buyer = new StripeBuyer(AccountNumber.Offset + people[0]);
        var events = stories.SelectMany((s, i) => Events(s, $"{mark}_{i}", buyer)).ToList();
        if (random is not null)
        {
            var all = events.Concat(events.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(all);
            events = [.. all];
        }

        foreach (var told in events)
        {
            Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(told));
        }

        Assert.Empty(await BookInvariants.BrokenAsync(scene.Portal, people));
        return await scene.HeldAsync(people);
    }

    private static IEnumerable<string> Events(StripeStory story, string mark, StripeBuyer buyer)
    {
        var (intent, tax) = ("pi_" + mark, story.Net / 5);
        var paid = story.Net + tax;
        if (story.IsSubscription)
        {
            yield return StripeEvents.Session(intent, buyer, paid, tax, mode: "subscription");
            yield return StripeEvents.Invoice("in_" + mark, buyer, paid, tax);
            yield return StripeEvents.InvoicePayment("in_" + mark, intent);
        }
        else
        {
            yield return StripeEvents.Session(intent, buyer, paid, tax, status: story.IsLate ? "unpaid" : "paid");
            if (story.IsLate)
            {
                yield return StripeEvents.Session(intent, buyer, paid, tax, type: "async_payment_succeeded");
            }

            yield return StripeEvents.Invoice("in_" + mark, buyer, paid, tax, isSubscription: false);
        }

        var sum = 0;
        foreach (var step in story.Steps)
        {
            sum = Math.Min(1000, sum + step);
            if (paid * sum / 1000 > 0)
            {
                yield return StripeEvents.Refunded("ch_" + mark, intent, paid * sum / 1000);
            }
        }

        if (story.Lost > 0)
        {
            yield return StripeEvents.Dispute("dp_" + mark, intent, paid, "needs_response");
            yield return StripeEvents.Dispute("dp_" + mark, intent, Math.Max(1, paid * story.Lost / 1000), "lost");
            yield return StripeEvents.Dispute("dw_" + mark, intent, paid, "won");
        }
    }
}
