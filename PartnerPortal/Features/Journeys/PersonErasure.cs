using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Who is to be forgotten, as it was called before.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Emails">Of the person and its closed accounts, as written.</param>
/// <param name="Names">Of the person and its closed accounts.</param>
/// <param name="Closed">Accounts that end with the person.</param>
/// <param name="Left">Accounts that go on without it.</param>
internal sealed record Forgotten(long UserId, IReadOnlyList<string> Emails, IReadOnlyList<string> Names, IReadOnlyList<long> Closed, IReadOnlyList<long> Left)
{
    public static Forgotten Of(PortalUser user, IReadOnlyList<Account> closed, IReadOnlyList<long> left) => new(
        user.Id,
        [.. closed.Select(a => a.Email).Append(user.Email).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. closed.Select(a => a.Name).Append(user.FullName).Where(n => n.Length > 0).Distinct()],
        [.. closed.Select(a => a.Id)], left);
}

/// <summary>
/// Takes a person that was deleted out of everything that stays: rows keep their ids, sums and times, and lose names, addresses and free text. The user is gone and its accounts are
/// closed in the same transaction, and saved, before it is called: the database lets names go only then.
/// </summary>
internal static class PersonErasure
{
    public static async Task ExecuteAsync(PortalTransaction work, Forgotten who, CancellationToken ct)
    {
        await FromBooksAsync(work.Db, who, ct);
        await FromListsAsync(work, who, ct);
        await FromClaimsAsync(work, who, ct);
        var closed = who.Closed;
        await work.Db.Invitations.Where(i => i.ClientId != null && closed.Contains(i.ClientId.Value))
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.Email, "").SetProperty(x => x.NormalizedEmail, "").SetProperty(x => x.Name, (string?)null), ct);
        await work.Db.TodoTasks.Where(t => (t.ClientId != null && closed.Contains(t.ClientId.Value)) || (t.ForAccountId != null && closed.Contains(t.ForAccountId.Value))).ExecuteUpdateAsync(t => t.SetProperty(x => x.Title, ""), ct);
        await work.Db.AccessGrants.Where(g => closed.Contains(g.ClientId)).ExecuteUpdateAsync(g => g.SetProperty(x => x.Reason, "").SetProperty(x => x.Answer, ""), ct);
        await work.Db.Partners.Where(p => closed.Contains(p.AccountId)).ExecuteUpdateAsync(p => p.SetProperty(x => x.About, "").SetProperty(x => x.Reason, (string?)null), ct);
        await work.Db.VisitCounts.Where(v => closed.Contains(v.AccountId)).ExecuteDeleteAsync(ct);
        await work.Db.PendingReferrals.Where(p => p.UserId == who.UserId || closed.Contains(p.ClientId)).ExecuteDeleteAsync(ct);
        foreach (var normalized in who.Emails.Select(Normalized).OfType<string>())
        {
            await work.Db.MemberInvitations.Where(i => i.NormalizedEmail == normalized).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>Names beside ids in what is never changed else, and in payouts.</summary>
    private static async Task FromBooksAsync(PortalDbContext db, Forgotten who, CancellationToken ct)
    {
        var (user, closed, names) = (who.UserId, who.Closed, who.Names);
        await db.AuditEntries.Where(e => e.ActorUserId == user).ExecuteUpdateAsync(e => e.SetProperty(x => x.ActorName, "").SetProperty(x => x.ActorSearch, ""), ct);
        await db.Receipts.Where(r => r.ActorUserId == user && r.ActorName != "").ExecuteUpdateAsync(r => r.SetProperty(x => x.ActorName, ""), ct);
        await db.AgreementAcceptances.Where(a => a.UserId == user).ExecuteUpdateAsync(a => a.SetProperty(x => x.UserName, ""), ct);
        await db.Invoices.Where(i => db.Orders.Any(o => o.Id == i.OrderId && closed.Contains(o.ClientId)))
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.BuyerName, "").SetProperty(x => x.BuyerAddress, "").SetProperty(x => x.BuyerTaxId, ""), ct);
        await db.Reassignments.Where(r => r.CreatedByUserId == user).ExecuteUpdateAsync(r => r.SetProperty(x => x.CreatedByName, ""), ct);
        await db.Reassignments.Where(r => r.DecidedByUserId == user).ExecuteUpdateAsync(r => r.SetProperty(x => x.DecidedByName, ""), ct);
        await db.Reassignments.Where(r => r.UndoneByUserId == user).ExecuteUpdateAsync(r => r.SetProperty(x => x.UndoneByName, ""), ct);
        await db.ReviewFlags.Where(f => closed.Contains(f.PartnerId) || db.FlaggedClients.Any(c => c.FlagId == f.Id && closed.Contains(c.ClientId))).ExecuteUpdateAsync(f => f.SetProperty(x => x.Reason, ""), ct);
        await Erasure.ContendersAsync(db, closed, ct);
        await db.Payouts.Where(p => p.RequestedByUserId == user).ExecuteUpdateAsync(p => p.SetProperty(x => x.RequestedByName, ""), ct);
        await db.Payouts.Where(p => p.ApprovedByUserId == user).ExecuteUpdateAsync(p => p.SetProperty(x => x.ApprovedByName, ""), ct);
        await db.Payouts.Where(p => names.Contains(p.ClosedByName)).ExecuteUpdateAsync(p => p.SetProperty(x => x.ClosedByName, ""), ct);
        await db.PayoutBatches.Where(b => names.Contains(b.ByName)).ExecuteUpdateAsync(b => b.SetProperty(x => x.ByName, ""), ct);
        foreach (var address in who.Emails.Select(e => e.ToLowerInvariant()))
        {
#pragma warning disable CA1304, CA1311, CA1862 // Not run here: the database's own lower().
            await db.StripePayments.Where(p => p.Email != null && p.Email.ToLower() == address).ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, (string?)null), ct);
#pragma warning restore CA1304, CA1311, CA1862
        }
    }

    /// <summary>Partners keep the line with its dates and totals, without what they typed about the client; a colleague's name goes from the history of lines.</summary>
    private static async Task FromListsAsync(PortalTransaction work, Forgotten who, CancellationToken ct)
    {
        foreach (var record in await work.Db.ClientRecords.Include(r => r.Tags).Where(r => r.ClientId != null && who.Closed.Contains(r.ClientId.Value)).ToListAsync(ct))
        {
            record.Forget();
            await ClientList.SignalAsync(work, record, ct);
        }

        var (accounts, names) = (who.Closed.Concat(who.Left).ToList(), who.Names);
        await work.Db.ClientEvents.Where(e => e.Detail != null && names.Contains(e.Detail) && work.Db.ClientRecords.Any(r => r.Id == e.RecordId && accounts.Contains(r.PartnerId)))
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.Detail, ""), ct);
    }

    /// <summary>What partners said of a client that is gone; nothing is left to decide.</summary>
    private static async Task FromClaimsAsync(PortalTransaction work, Forgotten who, CancellationToken ct)
    {
        var (closed, now) = (who.Closed, work.Now);
        List<string> emails = [.. who.Emails.Concat(who.Emails.Select(Normalized).OfType<string>()).SelectMany(e => new[] { e, e.ToLowerInvariant() }).Distinct(StringComparer.Ordinal)];
        var about = await work.Db.ClientClaims.Where(c => (c.ClientId != null && closed.Contains(c.ClientId.Value)) || emails.Contains(c.Named)).Select(c => c.Id).ToListAsync(ct);
        await work.Db.ClientClaims.Where(c => about.Contains(c.Id) && c.ClosedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.State, ClaimState.Closed).SetProperty(x => x.ClosedAt, now), ct);
        await work.Db.ClaimFiles.Where(f => about.Contains(f.ClaimId)).ExecuteDeleteAsync(ct);
        await work.Db.ClientClaims.Where(c => about.Contains(c.Id)).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.Named, "").SetProperty(x => x.Words, "").SetProperty(x => x.Answer, "").SetProperty(x => x.EarlierAnswer, "").SetProperty(x => x.Reason, "").SetProperty(x => x.FilesDeletedAt, now),
            ct);
    }

    private static string? Normalized(string email) => EmailAddress.TryParse(email, out var address, out _) ? address.Normalized : null;
}
