using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Journeys.Sponsoring;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Claims;
using PartnerPortal.Tests.Features.Journeys.Reassigning;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>Does the steps on a portal, with a dozen people of its own.</summary>
public sealed class AttributionDriver
{
    private readonly TestPortal _portal;
    private readonly Actor _support;
    private readonly string _mark = Guid.NewGuid().ToString("N")[..10];
    private readonly Actor?[] _people = new Actor?[AttributionModel.People];
    private readonly string?[] _codes = new string?[AttributionModel.People];
    private readonly MoneyWorld _money;
    private readonly List<string> _bought = [];
    private readonly List<long> _moves = [];
    private readonly List<long> _claims = [];
    private readonly ReassignWorld _desk;
    private readonly ClaimWorld _court;
    private int _refunds;

    private AttributionDriver(TestPortal portal, Actor support) =>
        (_portal, _support, _money, _desk, _court) = (portal, support, new MoneyWorld(portal), new ReassignWorld(portal), new ClaimWorld(portal));

    public static async Task<AttributionDriver> StartAsync(TestPortal portal, Actor support)
    {
        var driver = new AttributionDriver(portal, support);
        var world = new World(portal);
        for (var i = 0; i < AttributionModel.RegisteredAtFirst; i++)
        {
            driver._people[i] = i < AttributionModel.Integrators ? await world.IntegratorAsync(NameOf(i), driver.EmailOf(i)) : await world.PersonAsync(NameOf(i), driver.EmailOf(i));
            driver._codes[i] = await world.CodeOfAsync(driver._people[i]!);
        }

        return driver;
    }

    /// <summary>The account in a slot; null while nobody registered there.</summary>
    public long? AccountOf(int slot) => _people[slot]?.AccountId;

    public int SlotOf(long accountId) => Array.FindIndex(_people, p => p?.AccountId == accountId);

    public async Task<AttributionInvariants> LookAsync()
    {
        var ids = _people.Select(p => p?.AccountId).OfType<long>().ToList();
        return await _portal.ReadAsync(db => AttributionInvariants.ReadAsync(db, ids));
    }

    /// <returns>Whether the portal says that it worked.</returns>
    public Task<bool> DoAsync(Step step) => step.Kind switch
    {
        StepKind.Join => CallAsync<JoinPartner, JoinOffer>(j => j.ExecuteAsync(new JoinRequest(_codes[step.Whom]!, null, "en", []), _people[step.Who]!, default)),
        StepKind.Refuse => CallAsync<RefusePartner, Done>(r => r.ExecuteAsync(_codes[step.Whom]!, null, _people[step.Who]!, default)),
        StepKind.Leave => CallAsync<LeavePartner, Done>(l => l.ExecuteAsync(_people[step.Who]!, default)),
        StepKind.Reassign => CallAsync<ReassignClients, int>(r => r.ExecuteAsync(
            new ReassignRequest([_people[step.Who]!.AccountId!.Value, _people[step.Also]!.AccountId!.Value], _people[step.Whom]!.AccountId!.Value, "as tested"), _support, default)),
        StepKind.Suspend => StandAsync(step.Who, suspend: true),
        StepKind.Reinstate => StandAsync(step.Who, suspend: false),
        StepKind.Register => RegisterAsync(step.Who, step.HasCode ? step.Whom : null),
        StepKind.Confirm => ConfirmAsync(step.Who),
        StepKind.Switching => SwitchingAsync(step),
        StepKind.Return => ReturnAsync(_people[step.Who]!),
        StepKind.Sponsor => CallAsync<ChangeSponsor, DateTime>(c => c.ExecuteAsync(AccountOf(step.Who)!.Value, AccountOf(step.Whom)!.Value, "as tested", _support, default)),
        StepKind.Buy => BuyAsync(AccountOf(step.Who)!.Value),
        StepKind.Refund => RefundAsync(_bought[(step.Who + step.Also) % _bought.Count]),
        StepKind.Move => MoveAsync(ReassignSelection.Of([AccountOf(step.Who)!.Value, AccountOf(step.Also)!.Value]), AccountOf(step.Whom)),
        StepKind.Close => MoveAsync(ReassignSelection.Closing(AccountOf(step.Who)!.Value), step.HasCode ? AccountOf(step.Whom) : null),
        StepKind.Undo => UndoAsync(_moves[step.Who]),
        StepKind.Claim => ClaimAsync(step.Who, step.Whom),
        StepKind.Answer => AnswerAsync(_claims[step.Who]),
        StepKind.Decide => DecideAsync(_claims[step.Who], step.IsForClaimant),
    };

    /// <summary>What each slot's wallet holds, held or available, in cents; without those that hold nothing.</summary>
    public async Task<Dictionary<int, long>> BalancesAsync() =>
        (await _money.BalancesAsync([.. _people.Select(p => p?.AccountId).OfType<long>()])).GroupBy(b => SlotOf(b.Key.Owner)).ToDictionary(g => g.Key, g => g.Sum(b => b.Value));

    private async Task<bool> BuyAsync(long client)
    {
        _bought.Add(string.Create(CultureInfo.InvariantCulture, $"{_mark}-{_bought.Count}"));
        return (await _money.BuyAsync(_money.Purchase(client, _bought[^1], EarningModel.Amount))).Ok;
    }

    private async Task<bool> RefundAsync(string purchase) =>
        (await _money.RefundAsync(_money.Refund(purchase, string.Create(CultureInfo.InvariantCulture, $"{purchase}-r{_refunds++}"), EarningModel.Amount / 2))).Ok;

    /// <summary>To nobody where no partner is named.</summary>
    private async Task<bool> MoveAsync(ReassignSelection selection, long? to)
    {
        var draft = await _portal.CallAsync<DraftReassignment, Result<long>>(d => d.ExecuteAsync(selection, _support, default));
        if (!draft.Ok || !(await _desk.ChooseAsync(_support, draft.Value, new ReassignChoice(to, UnpaidLines.Stay, null, "as tested", ToNobody: to is null))).Ok || !(await _desk.ConfirmAsync(_support, draft.Value)).Ok)
        {
            return false;
        }

        _moves.Add(draft.Value);
        await _desk.RunAsync();
        return true;
    }

    private async Task<bool> UndoAsync(long move) => await _desk.UndoAsync(_support, move) is null;

    private async Task<bool> ClaimAsync(int client, int claimant)
    {
        var filed = await _court.FileAsync(await _court.People.AgainAsync(_people[claimant]!), EmailOf(client));
        if (filed.Ok)
        {
            await _court.TakeUpAsync();
            _claims.Add(filed.Value);
        }

        return filed.Ok;
    }

    /// <summary>By whoever was asked.</summary>
    private async Task<bool> AnswerAsync(long claim) =>
        (await _court.RowAsync(claim)).OtherId is { } other && (await _court.AnswerAsync(claim, await _court.People.AgainAsync(_people[SlotOf(other)]!))).Ok;

    private async Task<bool> DecideAsync(long claim, bool moves) => (await _court.DecideAsync(claim, _support, moves)).Ok;

    private static string NameOf(int slot) => $"{(char)('A' + slot)}da {(char)('Z' - slot)}orn";

    private string EmailOf(int slot) => string.Create(CultureInfo.InvariantCulture, $"p{slot}-{_mark}@people.test");

    private async Task<bool> CallAsync<TUseCase, T>(Func<TUseCase, Task<Result<T>>> call)
        where TUseCase : notnull => (await _portal.CallAsync(call)).Ok;

    private async Task<bool> StandAsync(int slot, bool suspend)
    {
        if (AccountOf(slot) is not { } id)
        {
            return false;
        }

        await using var work = await _portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.AccountId == id) is not { } partner || !(suspend ? partner.Suspend("as tested", work.Now) : partner.Reinstate(work.Now)))
        {
            return false;
        }

        work.Audit(_support, suspend ? AuditActions.PartnerSuspended : AuditActions.PartnerReinstated, ("account", id), id);
        await work.CommitAsync(default);
        return true;
    }

    private async Task<bool> RegisterAsync(int slot, int? partner)
    {
        var typed = partner is { } other ? _codes[other] : null;
        var done = false;
        // Suspended or reinstated between showing the form and sending it: the form is shown again, and sent again.
        for (var shown = 0; !done && shown < 10; shown++)
        {
            // A form names the partner that takes clients now, or none.
            var agreed = (await _portal.CallAsync<ReferralQueries, ReferralPartner?>(q => q.ByCodeAsync(typed, default))) is { TakesClients: true } named ? named.AccountId : (long?)null;
            done = await CallAsync<RegisterAccount, Registered>(r => r.ExecuteAsync(
                new RegisterRequest(NameOf(slot), EmailOf(slot), World.Password, "en", new ReferralClues(typed, null, null, []), agreed, false), default));
        }

        if (_people[slot] is null)
        {
            var email = EmailOf(slot);
            var (userId, accountId, code) = await _portal.ReadAsync(async db => await (
                from u in db.Users
                join m in db.Members on u.Id equals m.UserId
                join a in db.Accounts on m.AccountId equals a.Id
                where u.Email == email
                select new ValueTuple<long, long, string>(u.Id, a.Id, a.Code)).SingleAsync());
            _codes[slot] = code;
            _people[slot] = new Actor(userId, NameOf(slot), accountId, NameOf(slot), MemberRole.Admin) { Email = email };
        }

        return done;
    }

    private async Task<bool> ConfirmAsync(int slot)
    {
        var userId = _people[slot]!.UserId!.Value;
        var code = await _portal.InScopeAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<PortalUser>>();
            var user = await users.FindByIdAsync(userId.ToString(CultureInfo.InvariantCulture));
            return WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GenerateEmailConfirmationTokenAsync(user!)));
        });
        return await CallAsync<ConfirmRegistration, Confirmation>(c => c.ExecuteAsync(userId, code, new RegistrationProof(Password: World.Password), default));
    }

    private async Task<bool> ReturnAsync(Actor client)
    {
        var offer = await _portal.CallAsync<MyPartnerQueries, ChangeToUndo?>(q => q.ToUndoAsync(client, default));
        return offer is not null && await CallAsync<ReturnToPartner, Done>(r => r.ExecuteAsync(offer.AttributionId, client, default));
    }

    private async Task<bool> SwitchingAsync(Step step)
    {
        await new World(_portal).ProgramAsync(p => (p.Leaving, p.Switching, p.CoolingOffDays) = (step.Rule, step.Rule, step.CoolingOffDays));
        return true;
    }
}
