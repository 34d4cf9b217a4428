using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>Reads what the actor was told as a member of the account it works in, and as staff. Nothing while it acts for a client.</summary>
public sealed class NotificationQueries(PortalDb portal, PreparedStatements statements)
{
    public const int PageSize = 25;

    /// <summary>More are not counted.</summary>
    public const int CountedUpTo = 100;

    /// <summary>How many are new; one statement, as every page asks.</summary>
    public async Task<int> CountNewAsync(Actor actor, CancellationToken ct)
    {
        var (own, staff) = (OwnKinds(actor), StaffKinds(actor));
        if (actor.UserId is not { } userId || (own.Count == 0 && staff.Count == 0))
        {
            return 0;
        }

        await using var connection = await statements.RentAsync(ct);
        var sql = new SqlText().Add("SELECT count(*) FROM (SELECT 1 FROM \"Notifications\" WHERE \"ReadAt\" IS NULL AND \"IsInPortal\" AND \"UserId\" = ").Value(userId).Add(" AND (");
        if (own.Count > 0)
        {
            sql.Add("(\"AccountId\" = ").Value(actor.AccountId!.Value).Add(" AND \"Kind\" IN (").Listed(own.Select(k => (object)k.ToString())).Add("))");
        }

        if (staff.Count > 0)
        {
            sql.Add(own.Count > 0 ? " OR " : "").Add("(\"AccountId\" IS NULL AND \"Kind\" IN (").Listed(staff.Select(k => (object)k.ToString())).Add("))");
        }

        sql.Add(string.Create(CultureInfo.InvariantCulture, $") LIMIT {CountedUpTo}) AS n"));
        return await connection.ReadAsync(sql, row => (int)row.GetInt64(0), ct) is [var count] ? count : 0;
    }

    /// <summary>Newest first.</summary>
    /// <param name="kind">Null for all.</param>
    /// <param name="at">A cursor of an earlier page; null for the first.</param>
    /// <param name="size">Lines a page.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<NotificationLine>> PageAsync(NotificationKind? kind, string? at, int size, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = await IdKeyset.NewestFirstAsync(Visible(db, actor).Where(n => kind == null || n.Kind == kind), n => n.Id, q => q, n => n.Id, at, size, ct);
        return new Page<NotificationLine>(await NotificationLines.OfAsync(db, rows.Items, ct), rows.Previous, rows.Next);
    }

    /// <summary>The kinds of which there are any, to filter by.</summary>
    public async Task<IReadOnlyList<NotificationKind>> KindsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return [.. (await Visible(db, actor).Select(n => n.Kind).Distinct().ToListAsync(ct)).Order()];
    }

    /// <summary>The kinds that the actor can be told of, as whatever it is: in any of its accounts, or as staff.</summary>
    public async Task<IReadOnlyList<NotificationKind>> ConcerningAsync(Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId || actor.Acting is not null)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var seats = await db.Members.Where(m => m.UserId == userId).Select(m => new { m.Role, IsPartner = db.Partners.Any(p => p.AccountId == m.AccountId) }).ToListAsync(ct);
        return [.. NotificationKinds.All.Where(k => NotificationKinds.AudienceOf(k) is var audience && (audience is NotificationAudience.Staff
            ? actor.IsStaff
            : seats.Any(s => NotificationKinds.Reads(s.Role, audience) && (s.IsPartner || k is NotificationKind.PartnerChanged or NotificationKind.AccessAsked or NotificationKind.Message or NotificationKind.PartnerStanding))))];
    }

    internal static IQueryable<Notification> Visible(PortalDbContext db, Actor actor)
    {
        var (own, staff) = (OwnKinds(actor), StaffKinds(actor));
        var (userId, accountId) = (actor.UserId, actor.AccountId);
        return db.Notifications.Where(n => n.UserId == userId && n.IsInPortal
            && ((n.AccountId != null && n.AccountId == accountId && own.Contains(n.Kind)) || (n.AccountId == null && staff.Contains(n.Kind))));
    }

    private static List<NotificationKind> OwnKinds(Actor actor) =>
        actor is { AccountId: not null, Acting: null } ? [.. NotificationKinds.All.Where(k => NotificationKinds.Reads(actor.Role, NotificationKinds.AudienceOf(k)))] : [];

    /// <summary>Messages to staff have no account, either.</summary>
    private static List<NotificationKind> StaffKinds(Actor actor) =>
        actor is { IsStaff: true, Acting: null } ? [.. NotificationKinds.All.Where(k => NotificationKinds.AudienceOf(k) is NotificationAudience.Staff || k is NotificationKind.Message)] : [];
}
