using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Payouts;

namespace PartnerPortal.Startup.Demo;

/// <summary>
/// Payouts in each state: the demo's integrator was paid twice, once its bank sent the money back, once it thought better of it, and the next waits; one of another partner is approved, and one is at the bank.
/// </summary>
internal sealed class DemoPayouts(PortalTransaction work, DemoWorld world, PayeeVault vault, DemoPerson staff, DemoHistory history)
{
    private const string Currency = "EUR";

    /// <param name="partner">The demo's integrator.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AddAsync(DemoPerson partner, CancellationToken ct)
    {
        await DescribeAsync(partner, ct);
        foreach (var daysAgo in new[] { 152, 90 })
        {
            Pay(Export(Open(partner, daysAgo), daysAgo - 2), daysAgo - 4);
        }

        Fail(Export(Open(partner, 40), 38), 35);
        Withdraw(Open(partner, 20), partner, 19);
        Open(partner, 1);
        Approve(Open(world.Partners["Delta Punkt"], 4), 3);
        Export(Open(world.Partners["Nordwind Beratung"], 8), 5);
        await AcceptAsync(partner, ct);
    }

    /// <summary>Where money goes, and the rules.</summary>
    private async Task DescribeAsync(DemoPerson partner, CancellationToken ct)
    {
        var settings = new PayoutSettings();
        settings.Change(PayoutRhythm.OnRequest, 1, true, new Dictionary<string, long> { [Currency] = 1000 }, "Fernhill Software ApS\nÅboulevarden 12\n8000 Aarhus C\nDenmark", "DK 12 34 56 74");
        work.Db.PayoutSettings.Add(settings);
        // Examples from the registry of IBAN formats, which belong to nobody.
        foreach (var (person, number, country, address, tax) in new[]
        {
            (partner, "GB29NWBK60161331926819", "GB", "4 Harbour Row\nBristol BS1 4RW", "GB 123 4567 82"),
            (world.Partners["Delta Punkt"], "DE89370400440532013000", "DE", "Hafenstraße 1\n20457 Hamburg", "DE 136 695 976"),
            (world.Partners["Nordwind Beratung"], "NO9386011117947", "NO", "Strandgaten 20\n5013 Bergen", ""),
        })
        {
            var payee = new Payee(person.AccountId);
            payee.Change(vault.Seal(person.AccountId, new PayeeDetails(person.Account.Name, number, true, "", country, address, tax)), world.Ago(120));
            work.Db.Payees.Add(payee);
            world.Tell(120, person.Actor, AuditActions.PayeeChanged, ("account", person.AccountId), person.AccountId);
        }

        await work.SaveAsync(ct);
    }

    /// <summary>Who is paid said yes to each version of its terms.</summary>
    private async Task AcceptAsync(DemoPerson partner, CancellationToken ct)
    {
        foreach (var version in await work.Db.PlanVersions.AsNoTracking().OrderBy(v => v.Id).ToListAsync(ct))
        {
            foreach (var person in new[] { partner, world.Partners["Delta Punkt"], world.Partners["Nordwind Beratung"] })
            {
                var at = version.PublishedAt.AddHours(30);
                work.Db.AgreementAcceptances.Add(new AgreementAcceptance(person.AccountId, version.Id, person.User.Id, person.User.FullName, at));
                world.Tell(at, person.Actor, AuditActions.AgreementAccepted, ("plan-version", version.Id), person.AccountId, new { plan = "Standard", version = version.Number });
            }
        }
    }

    private Asked Open(DemoPerson partner, int daysAgo)
    {
        var asked = new Asked();
        history.On(world.Ago(daysAgo), async ct => asked.Payout = await OpenAsync(partner, daysAgo, ct));
        return asked;
    }

    /// <returns>Null when the partner has nothing available.</returns>
    private async Task<Payout?> OpenAsync(DemoPerson partner, int daysAgo, CancellationToken ct)
    {
        var available = await PayoutBook.AvailableAsync(work.Db, partner.AccountId, Currency, ct);
        if (available <= 0)
        {
            return null;
        }

        var payee = await work.Db.Payees.FindAsync([partner.AccountId], ct);
        var payout = new Payout(partner.AccountId, Currency, available, payee!.Sealed, partner.Actor, null, work.Now);
        work.Db.Payouts.Add(payout);
        await work.SaveAsync(ct);
        await PayoutBook.ClaimAsync(work, payout.Id, partner.AccountId, Currency, ct);
        await PayoutBook.TakeAsync(work, payout.Id, new Posting(LedgerPlace.Available(partner.AccountId), LedgerPlace.InPayout(partner.AccountId), Currency, available), ct);
        world.Tell(daysAgo, partner.Actor, AuditActions.PayoutRequested, ("payout", payout.Id), partner.AccountId);
        return payout;
    }

    private Asked Approve(Asked asked, int daysAgo) => Then(asked, daysAgo, AuditActions.PayoutApproved, (payout, _) =>
    {
        payout.Approve(staff.Actor, work.Now);
        return Task.CompletedTask;
    });

    private Asked Export(Asked asked, int daysAgo) => Then(Approve(asked, daysAgo + 1), daysAgo, AuditActions.PayoutExported, async (payout, ct) =>
    {
        var batch = new PayoutBatch(staff.Actor, work.Now);
        work.Db.PayoutBatches.Add(batch);
        await work.SaveAsync(ct);
        payout.Export(batch.Id, work.Now);
    });

    private void Pay(Asked asked, int daysAgo) => Then(asked, daysAgo, AuditActions.PayoutPaid, async (payout, ct) =>
    {
        payout.Pay(staff.Actor, work.Now);
        await PostAsync(payout, LedgerKind.PayoutPaid, LedgerPlace.Paid(payout.AccountId), ct);
        await PaidLines.MarkAsync(work, payout, work.Now, ct);
    });

    private void Fail(Asked asked, int daysAgo) => Then(asked, daysAgo, AuditActions.PayoutFailed, (payout, ct) =>
    {
        payout.Fail("Your bank sent it back: the account holder's name did not match.", staff.Actor, work.Now);
        return PostAsync(payout, LedgerKind.PayoutReturned, LedgerPlace.Available(payout.AccountId), ct);
    });

    private void Withdraw(Asked asked, DemoPerson partner, int daysAgo) => Then(asked, daysAgo, AuditActions.PayoutWithdrawn, (payout, ct) =>
    {
        payout.Withdraw(partner.Actor, work.Now);
        return PostAsync(payout, LedgerKind.PayoutReturned, LedgerPlace.Available(payout.AccountId), ct);
    }, partner);

    private Task PostAsync(Payout payout, LedgerKind kind, LedgerPlace to, CancellationToken ct)
    {
        LedgerBook.Post(work, kind, LedgerSubject.OfPayout(payout.Id), [new Posting(LedgerPlace.InPayout(payout.AccountId), to, payout.Currency, payout.Amount)]);
        return work.SaveAsync(ct);
    }

    /// <summary>A step of staff or of somebody else, if there was anything to pay.</summary>
    private Asked Then(Asked asked, int daysAgo, string action, Func<Payout, CancellationToken, Task> step, DemoPerson? by = null)
    {
        history.On(world.Ago(daysAgo), async ct =>
        {
            if (asked.Payout is { } payout)
            {
                await step(payout, ct);
                world.Tell(daysAgo, (by ?? staff).Actor, action, ("payout", payout.Id), payout.AccountId);
            }
        });
        return asked;
    }

    /// <summary>A payout that is asked for when its day comes.</summary>
    private sealed class Asked
    {
        public Payout? Payout { get; set; }
    }
}
