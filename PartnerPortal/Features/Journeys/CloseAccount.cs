using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The person is the only admin of a firm that has other members: somebody else must be made admin first.</summary>
public sealed record LastAdmin(string AccountName) : Error;

/// <summary>
/// A person deletes its account: the user and its personal data go, from logs and mail as well; the account's row stays without a name, since books and other people's records refer to it.
/// </summary>
public sealed class CloseAccount(PortalDb portal, PartnerChange change, OutboxErasure mail)
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

        var closing = new List<Account>();
        foreach (var seat in seats)
        {
            var others = await work.Db.Members.Where(m => m.AccountId == seat.AccountId && m.UserId != userId).ToListAsync(ct);
            if (others.Count == 0)
            {
                closing.Add(seat.Account!);
            }
            else if (seat.Role is MemberRole.Admin && others.TrueForAll(m => m.Role is not MemberRole.Admin))
            {
                return new LastAdmin(seat.Account!.Name);
            }
        }

        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        var who = Forgotten.Of(user, closing, [.. seats.Select(s => s.AccountId).Except(closing.Select(a => a.Id))]);
        var last = await work.Db.OutboxMessages.MaxAsync(m => (long?)m.Id, ct) ?? 0;
        foreach (var account in closing)
        {
            await CloseAsync(work, account, actor, ct);
        }

        foreach (var account in seats.Select(s => s.Account!).Except(closing).Where(a => string.Equals(a.Email, user.Email, StringComparison.OrdinalIgnoreCase)))
        {
            await HandOverAsync(work, account, userId, ct);
        }

        work.Audit(Actor.System, AuditActions.UserDeleted, ("user", userId));
        work.Db.Users.Remove(user);
        await work.SaveAsync(ct);
        await PersonErasure.ExecuteAsync(work, who, ct);
        await mail.ExecuteAsync(work, new OutboxForgotten(who.Emails, who.Closed, who.Names), last, ct);
        await work.CommitAsync(ct);
        await portal.TruncateLogAsync(ct);
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
        await work.Db.ProgramKeys.Where(k => k.AccountId == account.Id).ExecuteDeleteAsync(ct);
        await work.Db.ProductRegistrations.Where(r => r.AccountId == account.Id).ExecuteDeleteAsync(ct);
        work.Signal(KnownKeys.ChangedSignal);
        account.Close();
        await ClosedPayees.ForgetAsync(work, account.Id, 0, ct);
        work.Audit(Actor.System, AuditActions.AccountClosed, ("account", account.Id), account.Id);
    }

    /// <summary>A firm was reached at the person's address: from now on at that of an admin who stays.</summary>
    private static async Task HandOverAsync(PortalTransaction work, Account account, long userId, CancellationToken ct)
    {
        var next = await (
            from m in work.Db.Members
            join u in work.Db.Users on m.UserId equals u.Id
            where m.AccountId == account.Id && m.UserId != userId
            orderby m.Role == MemberRole.Admin descending, m.UserId
            select u.Email).FirstAsync(ct);
        account.ChangeEmail(next);
        await ClientList.RefreshAsync(work, account, ct);
        work.Audit(Actor.System, AuditActions.AccountChanged, ("account", account.Id), account.Id, new { changed = new[] { nameof(Account.Email) } });
    }
}
