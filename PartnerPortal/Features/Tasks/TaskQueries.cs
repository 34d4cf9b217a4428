using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

/// <summary>A task as its page shows it.</summary>
/// <param name="Title">Empty when the account that it is about was closed.</param>
/// <param name="ClientId">For staff, the client's account; null for none.</param>
/// <param name="RecordId">For a partner, the client's line in its list; null where it has none.</param>
/// <param name="ClientName">As the reader's list shows it: initials where the client does not share its name. Empty for none.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="DoneAt">UTC; null while it is open.</param>
/// <param name="DoneBy">Empty when it is open, or the person is gone.</param>
public sealed record TaskRow(long Id, string Title, long? ClientId, long? RecordId, string ClientName, DateTime CreatedAt, DateTime? DueAt, DateTime? DoneAt, string DoneBy);

/// <summary>How many tasks are open.</summary>
/// <param name="Overdue">Of them, those whose time is over.</param>
public sealed record TaskCounts(int Open, int Overdue);

/// <summary>The tasks of staff, for staff; those of a partner's account, for its people; nobody else's.</summary>
public sealed class TaskQueries(PortalDb portal)
{
    /// <summary>Open tasks that are shown; the others come up as these get done.</summary>
    public const int Shown = 100;

    public const int PageSize = 25;

    /// <summary>Open ones, the soonest first, at most <see cref="Shown"/>.</summary>
    /// <param name="forStaff">Those of staff; else those of the actor's account.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<TaskRow>> OpenAsync(bool forStaff, Actor actor, CancellationToken ct)
    {
        if (!May(actor, forStaff))
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var open = Scope(db, forStaff, actor).Where(t => t.DoneAt == null);
        var rows = await open.OrderBy(t => t.DueAt == null).ThenBy(t => t.DueAt).ThenBy(t => t.Id).Take(Shown).ToListAsync(ct);
        return await ReadAsync(db, rows, forStaff, actor, ct);
    }

    /// <summary>Done ones, the newest first.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public async Task<Page<TaskRow>> DoneAsync(bool forStaff, string? at, Actor actor, CancellationToken ct)
    {
        if (!May(actor, forStaff))
        {
            return new Page<TaskRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var page = await IdKeyset.NewestFirstAsync(Scope(db, forStaff, actor).Where(t => t.DoneAt != null), t => t.Id, rows => rows, t => t.Id, at, PageSize, ct);
        return new Page<TaskRow>(await ReadAsync(db, page.Items, forStaff, actor, ct), page.Previous, page.Next);
    }

    public async Task<TaskCounts> CountAsync(bool forStaff, DateTime now, Actor actor, CancellationToken ct)
    {
        if (!May(actor, forStaff))
        {
            return new TaskCounts(0, 0);
        }

        await using var db = await portal.ReadAsync(ct);
        var open = Scope(db, forStaff, actor).Where(t => t.DoneAt == null);
        return new TaskCounts(await open.CountAsync(ct), await open.CountAsync(t => t.DueAt < now, ct));
    }

    internal static bool May(Actor actor, bool forStaff) => forStaff ? actor.IsStaff : actor is { IsPartner: true, AccountId: not null };

    internal static bool May(Actor actor, TodoTask task) => task.ForAccountId is { } account ? actor.IsPartner && actor.AccountId == account : actor.IsStaff;

    private static IQueryable<TodoTask> Scope(PortalDbContext db, bool forStaff, Actor actor)
    {
        var own = actor.AccountId;
        return forStaff ? db.TodoTasks.Where(t => t.ForAccountId == null) : db.TodoTasks.Where(t => t.ForAccountId != null && t.ForAccountId == own);
    }

    private static async Task<IReadOnlyList<TaskRow>> ReadAsync(PortalDbContext db, IReadOnlyList<TodoTask> tasks, bool forStaff, Actor actor, CancellationToken ct)
    {
        var own = actor.AccountId;
        var clients = tasks.Select(t => t.ClientId).OfType<long>().Distinct().ToList();
        var named = forStaff
            ? (await db.Accounts.Where(a => clients.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct)).ToDictionary(a => a.Id, a => (Record: (long?)null, a.Name))
            : (await db.ClientRecords.Where(r => r.PartnerId == own && r.ClientId != null && clients.Contains(r.ClientId.Value)).Select(r => new { r.Id, ClientId = r.ClientId!.Value, r.Name }).ToListAsync(ct))
                .GroupBy(r => r.ClientId).ToDictionary(g => g.Key, g => (Record: (long?)g.First().Id, g.First().Name));
        var people = tasks.Select(t => t.DoneByUserId).OfType<long>().Distinct().ToList();
        var names = people.Count == 0 ? [] : await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, ct);
        return
        [
            .. tasks.Select(t =>
            {
                var client = t.ClientId is { } id && named.TryGetValue(id, out var known) ? known : (null, "");
                return new TaskRow(
                    t.Id, t.Title, forStaff ? t.ClientId : null, client.Record, client.Name, t.CreatedAt, t.DueAt, t.DoneAt, t.DoneByUserId is { } user ? names.GetValueOrDefault(user, "") : "");
            }),
        ];
    }
}
