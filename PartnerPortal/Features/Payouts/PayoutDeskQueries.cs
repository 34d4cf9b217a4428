using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A payout as staff's list shows it. Amounts are minor units, times UTC.</summary>
/// <param name="AccountName">Empty when the account was closed.</param>
/// <param name="RequestedByName">Empty when the portal made it.</param>
/// <param name="ApprovedByName">Empty when nobody did.</param>
/// <param name="BatchId">Of its bank file; null when it is in none.</param>
/// <param name="IsOwn">The reader is a member of the account: a colleague decides.</param>
public sealed record DeskPayout(
    long Id, long AccountId, string AccountName, string Currency, long Amount, PayoutState State, DateTime RequestedAt, string RequestedByName, string ApprovedByName, long? BatchId,
    DateTime ChangedAt, string? FailureReason, bool IsOwn);

/// <param name="Count">Of its payouts that are at the bank.</param>
public sealed record OpenFile(long BatchId, int Count);

/// <summary>All payouts, for staff.</summary>
public sealed class PayoutDeskQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <summary>The newest first; empty for anybody but staff.</summary>
    public async Task<Page<DeskPayout>> PageAsync(PayoutState state, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<DeskPayout>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(
            db.Payouts.Where(p => p.State == state), p => p.Id,
            rows => from p in rows
                    join a in db.Accounts on p.AccountId equals a.Id
                    select new DeskPayout(
                        p.Id, p.AccountId, a.Name, p.Currency, p.Amount, p.State, p.RequestedAt, p.RequestedByName, p.ApprovedByName, p.BatchId,
                        p.ClosedAt ?? p.ExportedAt ?? p.ApprovedAt ?? p.RequestedAt, p.FailureReason, db.Members.Any(m => m.AccountId == p.AccountId && m.UserId == actor.UserId)),
            r => r.Id, cursor, PageSize, ct);
    }

    /// <summary>How many there are in each state; states without any are not in it.</summary>
    public async Task<IReadOnlyDictionary<PayoutState, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Dictionary<PayoutState, int>();
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.Payouts.GroupBy(p => p.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>Bank files with payouts that the bank has not answered for, the newest first; those of the reader's own accounts are not counted.</summary>
    public async Task<IReadOnlyList<OpenFile>> OpenFilesAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var files = await db.Payouts
            .Where(p => p.State == PayoutState.Exported && p.BatchId != null && !db.Members.Any(m => m.AccountId == p.AccountId && m.UserId == actor.UserId))
            .GroupBy(p => p.BatchId!.Value).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(f => f.Key).Take(PageSize).ToListAsync(ct);
        return files.ConvertAll(f => new OpenFile(f.Key, f.Count));
    }

    /// <summary>The rules in force, for the owner's form; the defaults for anybody else.</summary>
    public async Task<PayoutSettingsForm> SettingsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return PayoutSettingsForm.Of(actor.IsOwner && await db.PayoutSettings.SingleOrDefaultAsync(ct) is { } settings ? settings : new PayoutSettings());
    }
}
