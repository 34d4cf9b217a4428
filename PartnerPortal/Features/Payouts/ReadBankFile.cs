using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A line of a bank file.</summary>
/// <param name="Number">The payout's; the bank's statement shows it again.</param>
/// <param name="Amount">Minor units.</param>
public sealed record BankFileLine(string Number, PayeeDetails Payee, long Amount, string Currency);

/// <summary>Reads a batch's lines with the payees' accounts in clear. That it was done is recorded before the first line leaves.</summary>
public sealed class ReadBankFile(PortalDb portal, PayeeVault vault)
{
    public async Task<Result<IReadOnlyList<BankFileLine>>> ExecuteAsync(long batchId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var payouts = await work.Db.Payouts.AsNoTracking().Where(p => p.BatchId == batchId).OrderBy(p => p.Id).ToListAsync(ct);
        if (payouts.Count == 0)
        {
            return new NoSuchPayout();
        }

        if (await OwnAccounts.InvolveAsync(work.Db, actor, [.. payouts.Select(p => p.AccountId)], ct))
        {
            return new OwnAccountInvolved();
        }

        work.Audit(actor, AuditActions.BankFileRead, ("payout-batch", batchId), null, new { count = payouts.Count });
        await work.CommitAsync(ct);
        return payouts.ConvertAll(p => new BankFileLine(PayoutNumber.Write(p.Id), vault.Open(p.AccountId, p.SealedPayee), p.Amount, p.Currency));
    }
}
