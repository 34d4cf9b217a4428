using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>What a partner may look at among its invitations.</summary>
public enum InvitationView
{
    All,

    /// <summary>Waits for an answer: queued, sent or opened.</summary>
    Open,

    /// <summary>Queued or sent, its link not opened yet.</summary>
    Sent,

    Opened,

    /// <summary>Its mail came back, or the partner says so; waits for an answer all the same.</summary>
    Bounced,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
}

/// <summary>One invitation as its partner sees it: what it typed, and what became of it. Nothing here depends on whether the address has an account.</summary>
/// <param name="Token">Of its link.</param>
/// <param name="SentAt">UTC; null while its mail is being written.</param>
/// <param name="AnsweredAt">UTC; null while there is no answer.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Sendings">How often its mail was written.</param>
/// <param name="Trace">How far it came, beyond its state.</param>
public sealed record InvitationRow(
    long Id, string? Name, string Email, InvitationKind Kind, InvitationState State, string Token, DateTime CreatedAt, DateTime? SentAt, DateTime? AnsweredAt, DateTime ExpiresAt, int Sendings,
    InvitationTrace Trace)
{
    public bool IsOpen => State is InvitationState.Queued or InvitationState.Sent or InvitationState.Followed;

    public bool CanBeSentAgain => IsOpen || State is InvitationState.Expired;
}

/// <summary>What is known of an open invitation's mail, and of who came by it.</summary>
public enum InvitationTrace
{
    None,

    /// <summary>The mail provider says that its mail arrived.</summary>
    Delivered,

    /// <summary>Its mail came back.</summary>
    Bounced,

    /// <summary>Somebody registered by its link and has yet to confirm the address.</summary>
    Registered,
}

/// <summary>How far a partner's invitations came. Who answered counts as having opened, by whatever way the answer came; who said Yes as having an account.</summary>
/// <param name="Registered">Registered by the link, or accepted.</param>
/// <param name="Bounced">Of those sent and not opened.</param>
public sealed record InvitationFunnel(int Sent, int Opened, int Registered, int Accepted, int Declined, int Bounced);

/// <summary>How much of a partner's day is used up.</summary>
/// <param name="Limit">Invitations a day (UTC); 0 for no limit.</param>
/// <param name="Used">Mailed today.</param>
/// <param name="Waiting">Queued.</param>
public sealed record InvitationAllowance(int Limit, int Used, int Waiting)
{
    public bool IsUsedUp => Limit > 0 && Used >= Limit && Waiting > 0;
}

/// <summary>Reads a partner's invitations: only ever those of the actor's own account.</summary>
public sealed class InvitationQueries(PortalDb portal, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>An invitation unanswered for so long is worth another mail.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>The channel on which an open page of that partner hears that an invitation changed.</summary>
    public static string ChannelOf(long partnerId) => string.Create(CultureInfo.InvariantCulture, $"invitations:{partnerId}");

    /// <summary>Newest first.</summary>
    /// <param name="view">Which.</param>
    /// <param name="at">A cursor of an earlier page; null or a foreign one lead to the first page.</param>
    /// <param name="size">Rows on a page.</param>
    /// <param name="actor">Whose invitations.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<InvitationRow>> PageAsync(InvitationView view, string? at, int size, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = In(Scope(db, actor), view);
        var (back, place) = Read(at);
        var found = back
            ? await Rows(rows.Where(i => i.Id > place).OrderBy(i => i.Id)).Take(size + 1).ToListAsync(ct)
            : await Rows(rows.Where(i => place == 0 || i.Id < place).OrderByDescending(i => i.Id)).Take(size + 1).ToListAsync(ct);
        var more = found.Count > size;
        var items = found.Take(size).ToList();
        if (back)
        {
            items.Reverse();
        }

        if (items.Count == 0)
        {
            return new Page<InvitationRow>(items, null, null);
        }

        return new Page<InvitationRow>(
            items,
            (back && more) || (!back && place != 0) ? Write("newer", items[0].Id) : null,
            back || more ? Write("older", items[^1].Id) : null);
    }

    /// <returns>Null when it is not among the actor's.</returns>
    public async Task<InvitationRow?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Rows(Scope(db, actor).Where(i => i.Id == id)).FirstOrDefaultAsync(ct);
    }

    /// <summary>How many there are of each state; states without any are left out.</summary>
    public async Task<IReadOnlyDictionary<InvitationState, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Scope(db, actor).GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    public async Task<InvitationFunnel> FunnelAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var counts = await Scope(db, actor).Where(i => i.SentAt != null)
            .GroupBy(i => new { i.State, Followed = i.FollowedAt != null, Registered = i.RegisteredAt != null, Bounced = i.BouncedAt != null })
            .Select(g => new { g.Key.State, g.Key.Followed, g.Key.Registered, g.Key.Bounced, Count = g.Count() }).ToListAsync(ct);
        return new InvitationFunnel(
            counts.Sum(c => c.Count),
            counts.Where(c => c.Followed || c.State is InvitationState.Accepted or InvitationState.Declined).Sum(c => c.Count),
            counts.Where(c => c.Registered || c.State is InvitationState.Accepted).Sum(c => c.Count),
            counts.Where(c => c.State is InvitationState.Accepted).Sum(c => c.Count),
            counts.Where(c => c.State is InvitationState.Declined).Sum(c => c.Count),
            counts.Where(c => c.Bounced && c.State is InvitationState.Sent).Sum(c => c.Count));
    }

    /// <summary>What a partner may still send today.</summary>
    public async Task<InvitationAllowance> AllowanceAsync(int limit, Actor actor, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await using var db = await portal.ReadAsync(ct);
        var used = await db.InvitationDays.Where(d => actor.IsPartner && d.PartnerId == actor.AccountId && d.Day == today).Select(d => d.Count).FirstOrDefaultAsync(ct);
        return new InvitationAllowance(limit, used, await Scope(db, actor).CountAsync(i => i.State == InvitationState.Queued, ct));
    }

    /// <summary>How many wait for an answer longer than <see cref="Patience"/>.</summary>
    public async Task<int> UnansweredAsync(Actor actor, CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime - Patience;
        await using var db = await portal.ReadAsync(ct);
        return await Scope(db, actor).CountAsync(i => (i.State == InvitationState.Sent || i.State == InvitationState.Followed) && i.SentAt < before, ct);
    }

    /// <summary>How many lapsed without an answer within the last so many days.</summary>
    public async Task<int> LapsedAsync(int days, Actor actor, CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-days);
        await using var db = await portal.ReadAsync(ct);
        return await Scope(db, actor).CountAsync(i => i.State == InvitationState.Expired && i.ExpiresAt > since, ct);
    }

    private static IQueryable<Invitation> Scope(PortalDbContext db, Actor actor) => db.Invitations.Where(i => actor.IsPartner && i.PartnerId == actor.AccountId);

    private static IQueryable<Invitation> In(IQueryable<Invitation> rows, InvitationView view) => view switch
    {
        InvitationView.All => rows,
        InvitationView.Open => rows.Where(i => i.State == InvitationState.Queued || i.State == InvitationState.Sent || i.State == InvitationState.Followed),
        InvitationView.Sent => rows.Where(i => i.State == InvitationState.Queued || i.State == InvitationState.Sent),
        InvitationView.Opened => rows.Where(i => i.State == InvitationState.Followed),
        InvitationView.Bounced => rows.Where(i => i.State == InvitationState.Sent && i.BouncedAt != null),
        InvitationView.Accepted => rows.Where(i => i.State == InvitationState.Accepted),
        InvitationView.Declined => rows.Where(i => i.State == InvitationState.Declined),
        InvitationView.Expired => rows.Where(i => i.State == InvitationState.Expired),
        InvitationView.Withdrawn => rows.Where(i => i.State == InvitationState.Withdrawn),
    };

    private static IQueryable<InvitationRow> Rows(IQueryable<Invitation> rows) =>
        rows.Select(i => new InvitationRow(i.Id, i.Name, i.Email, i.Kind, i.State, i.Token, i.CreatedAt, i.SentAt, i.AnsweredAt, i.ExpiresAt, i.Sendings,
            i.State == InvitationState.Sent && i.BouncedAt != null ? InvitationTrace.Bounced
            : i.State == InvitationState.Sent && i.DeliveredAt != null ? InvitationTrace.Delivered
            : i.State == InvitationState.Followed && i.RegisteredAt != null ? InvitationTrace.Registered : InvitationTrace.None));

    private static string Write(string way, long id) => Cursor.Encode(way, id.ToString(CultureInfo.InvariantCulture));

    private static (bool Back, long Place) Read(string? cursor) =>
        Cursor.TryDecode(cursor, 2, out var keys) && long.TryParse(keys[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (keys[0] == "newer", id) : (false, 0);
}
