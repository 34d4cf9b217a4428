using System.Globalization;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Commissions;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>Lets a scenario happen to accounts of its own, told in time or late, out of order and several times.</summary>
internal sealed class MoneyRun(MoneyWorld world, MoneyScenario scenario, bool isShuffled)
{
    private static readonly DateTime Start = new(2025, 1, 31, 8, 0, 0, DateTimeKind.Utc);
    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];
    private readonly List<(PurchaseRequest Request, bool IsClosed, long Left)> _purchases = [];
    private readonly List<(int At, Func<Task<Result<Recorded>>> Tell, string Name)> _waiting = [];
    private readonly List<(int At, string Name)> _voids = [];
    private readonly HashSet<string> _voided = [];
    private readonly Dictionary<string, long> _told = [];
    private readonly Random _random = new(scenario.Seed);
    private long[] _people = [];
    private long[] _plans = [];
    private long _group;

    /// <returns>Each account's balances by its index, once all holding periods are over; and what is broken.</returns>
    public async Task<(Dictionary<string, long> Balances, IReadOnlyList<string> Broken)> RunAsync()
    {
        At(Start);
        _group = await world.GroupAsync();
        _people = await world.PartnersAsync(MoneyScenario.People, _group);
        _plans = [await world.PlanAsync(scenario.Plans[0]), await world.PlanAsync(scenario.Plans[1])];
        await world.AssignAsync(PlanScope.Group, _group, _plans[0]);
        for (var i = 0; i < _people.Length; i++)
        {
            if (scenario.Sponsors[i] != i)
            {
                await world.AttributeAsync(_people[i], _people[scenario.Sponsors[i]]);
            }
        }

        var now = Start;
        var broken = new List<string>();
        for (var i = 0; i < scenario.Steps.Length; i++)
        {
            At(now = now.AddMinutes(scenario.Steps[i].Gap));
            await DoAsync(scenario.Steps[i], i);
            await TellAsync(i);
            if (i % 9 == 4)
            {
                await world.ReleaseAsync();
                broken.AddRange(await BookInvariants.BrokenAsync(world.Portal, _people));
            }
        }

        At(now.AddDays(60));
        await TellAsync(int.MaxValue);
        await world.ClearReviewsAsync(_people);
        await world.ReleaseAsync();
        broken.AddRange(await BookInvariants.BrokenAsync(world.Portal, _people));
        var balances = await world.BalancesAsync(_people);
        broken.AddRange(balances.Keys.Where(k => k.Account is LedgerAccount.Pending).Select(k => $"{k} is still held"));
        return (balances.ToDictionary(b => string.Create(CultureInfo.InvariantCulture, $"{Array.IndexOf(_people, b.Key.Owner)} {b.Key.Currency}"), b => b.Value), broken);
    }

    private void At(DateTime time) => world.Portal.Clock.Advance(time - world.Portal.Clock.Now);

    private Task DoAsync(MoneyStep step, int index) => step.Kind switch
    {
        MoneyEvent.Attribute => step.Who == step.Whom ? Task.CompletedTask : world.AttributeAsync(_people[step.Who], _people[step.Whom]),
        MoneyEvent.Leave => world.LeaveAsync(_people[step.Who]),
        MoneyEvent.Suspend => world.StandAsync(_people[step.Who], active: false),
        MoneyEvent.Reinstate => world.StandAsync(_people[step.Who], active: true),
        MoneyEvent.MoveIn => world.MoveAsync(_people[step.Who], _group),
        MoneyEvent.MoveOut => world.MoveAsync(_people[step.Who], null),
        MoneyEvent.Publish => world.VersionAsync(_plans[step.Whom % 2], step.Rules),
        MoneyEvent.AssignGroup => world.AssignAsync(PlanScope.Group, _group, _plans[step.Whom % 2]),
        MoneyEvent.AssignPartner => world.AssignAsync(PlanScope.Partner, _people[step.Who], step.Whom % 3 == 2 ? null : _plans[step.Whom % 3]),
        MoneyEvent.Sponsor => world.SponsorAsync(_people[step.Who], step.Amount % 5 == 0 ? null : _people[step.Whom]),
        MoneyEvent.Buy => Buy(step, index),
        MoneyEvent.Refund => Refund(step, index),
        MoneyEvent.Review => world.ReviewAsync(_people[step.Who], _people[step.Whom]),
        MoneyEvent.Void => Void(step, index),
        MoneyEvent.Bonus => Bonus(step, index),
    };

    private Task Void(MoneyStep step, int index)
    {
        if (_purchases.Count > 0 && _purchases[((step.Who * MoneyScenario.People) + step.Whom) % _purchases.Count].Request.ExternalId is var name && _voided.Add(name))
        {
            _voids.Add((index + (isShuffled ? step.Delays[0] : 0), name));
        }

        return Task.CompletedTask;
    }

    private Task Buy(MoneyStep step, int index)
    {
        var currency = PlanGenerator.Currencies[step.Whom % 5 == 4 ? 1 : 0];
        var request = world.Purchase(_people[step.Who], $"{_mark}-{index:D3}", step.Amount, currency) with
        {
            Product = PlanGenerator.Products[step.Whom % 3 == 2 ? 1 : 0],
            Discount = step.Whom % 4 == 3 ? step.Amount / 3 : 0,
            Tax = 19,
        };
        _purchases.Add((request, false, request.Amount - request.Discount));
        return Later(step, index, request.ExternalId, () => world.BuyAsync(request));
    }

    /// <summary>Never more than is left by then; now and then all of it, and after that none.</summary>
    private Task Refund(MoneyStep step, int index)
    {
        if (_purchases.Count == 0)
        {
            return Task.CompletedTask;
        }

        var n = ((step.Who * MoneyScenario.People) + step.Whom) % _purchases.Count;
        var (request, isClosed, left) = _purchases[n];
        if (isClosed || left == 0)
        {
            return Task.CompletedTask;
        }

        var isAll = step.Whom % 4 == 0;
        var amount = Math.Min(left, step.Amount);
        _purchases[n] = (request, isAll, left - amount);
        var refund = world.Refund(request.ExternalId, $"r-{_mark}-{index:D3}", isAll ? null : amount, request.Currency);
        return Later(step, index, refund.ExternalId, () => world.RefundAsync(refund));
    }

    private Task Bonus(MoneyStep step, int index)
    {
        var grant = new BonusGrant(_people[step.Who], step.Amount, PlanGenerator.Currencies[step.Whom % 2], "as tested", $"bonus:{_mark}:{index:D3}");
        return Later(step, index, grant.Key, () => world.GrantAsync(grant));
    }

    private Task Later(MoneyStep step, int index, string name, Func<Task<Result<Recorded>>> tell)
    {
        foreach (var delay in isShuffled ? step.Delays : [0])
        {
            _waiting.Add((index + delay, tell, name));
        }

        return Task.CompletedTask;
    }

    private async Task TellAsync(int until)
    {
        var due = _waiting.Where(w => w.At <= until).ToArray();
        _waiting.RemoveAll(w => w.At <= until);
        _random.Shuffle(due);
        foreach (var (_, tell, name) in due)
        {
            var recorded = await tell();
            Assert.True(recorded.Ok, $"{name} was refused: {recorded.Error}");
            Assert.Equal(_told.TryAdd(name, recorded.Value.Id), recorded.Value.IsNew);
            Assert.Equal(_told[name], recorded.Value.Id);
        }

        // Nobody voids what was not told yet.
        foreach (var (at, name) in _voids.Where(v => v.At <= until && _told.ContainsKey(v.Name)).ToArray())
        {
            await world.VoidAsync(_told[name]);
            _voids.Remove((at, name));
        }
    }
}
