using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>An admin or finance member says where the account's money goes. A payout that is on its way keeps what it was made with.</summary>
public sealed class ChangePayee(PortalDb portal, PayeeVault vault)
{
    public async Task<Result<Done>> ExecuteAsync(PayeeForm form, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MaySeeMoney: true })
        {
            return new NotAllowed();
        }

        vault.Warm();
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Payouts, accountId, ct);
        var payee = await work.Db.Payees.SingleOrDefaultAsync(p => p.AccountId == accountId, ct);
        var read = form.Read(payee is null ? null : vault.Open(accountId, payee.Sealed));
        if (read.Error is { } error)
        {
            return error;
        }

        if (payee is null)
        {
            work.Db.Payees.Add(payee = new Payee(accountId));
        }

        payee.Change(vault.Seal(accountId, read.Value), work.Now);
        work.Audit(actor, AuditActions.PayeeChanged, ("account", accountId), accountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
