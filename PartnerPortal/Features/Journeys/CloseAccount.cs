using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The person is the only admin of a firm that has other members: somebody else must be made admin first.</summary>
public sealed record LastAdmin(string AccountName) : Error;

/// <summary>
/// A person deletes its account: the user and its personal data go; the account's row stays without a name, since books and other people's records refer to it.
/// </summary>
public sealed class CloseAccount(PortalDb portal, PartnerChange change)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { UserId: { } userId, Acting: null, HasLostAccess: false })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var seats = await work.Db.Members.Include(m => m.Account).Where(m => m.UserId == userId).OrderBy(m => m.AccountId).ToListAsync(ct);
        foreach (var (name, account) in new[] { PortalLock.Client, PortalLock.Payouts }.SelectMany(name => seats.Select(s => (name, s.AccountId))))
        {
            await work.LockAsync(name, account, ct);
        }

        foreach (var seat in seats)
        {
            var others = await work.Db.Members.Where(m => m.AccountId == seat.AccountId && m.UserId != userId).ToListAsync(ct);
            if (others.Count == 0)
            {
                await CloseAsync(work, seat.Account!, actor, ct);
            }
            else if (seat.Role is MemberRole.Admin && others.TrueForAll(m => m.Role is not MemberRole.Admin))
            {
                return new LastAdmin(seat.Account!.Name);
            }
        }

        work.Audit(Actor.System, AuditActions.UserDeleted, ("user", userId));
        work.Db.Users.Remove(await work.Db.Users.FirstAsync(u => u.Id == userId, ct));
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private async Task CloseAsync(PortalTransaction work, Account account, Actor actor, CancellationToken ct)
    {
        if (await AttributionBook.OpenOfAsync(work.Db, account.Id, ct) is { } open)
        {
            await change.EndAsync(work, account, open, AttributionEnd.Closed, actor, ct);
        }

        await AccessGrantBook.PartAllAsync(work, account.Id, actor, ct);
        await ClaimBook.WithdrawAllAsync(work, account.Id, actor, ct);
        await work.Db.MemberInvitations.Where(i => i.AccountId == account.Id).ExecuteDeleteAsync(ct);
        account.Close();
        await ClosedPayees.ForgetAsync(work, account.Id, 0, ct);
        work.Audit(Actor.System, AuditActions.AccountClosed, ("account", account.Id), account.Id);
    }
}
