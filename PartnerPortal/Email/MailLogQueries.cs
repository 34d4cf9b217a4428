using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Email;

/// <summary>Which messages to list; null means all.</summary>
/// <param name="State">Only these.</param>
/// <param name="Kind">A name of <see cref="MailKinds"/>.</param>
/// <param name="Address">A part of the recipient's address, in any case.</param>
/// <param name="CauseId">Those of one invitation.</param>
public sealed record MailFilter(OutboxState? State = null, string? Kind = null, string? Address = null, long? CauseId = null);

/// <summary>One message in the list. Times are UTC.</summary>
/// <param name="LastError">Why the last attempt failed; null when none did.</param>
/// <param name="AccountId">Whose matter it is; null when no account's.</param>
public sealed record MailLine(
    long Id, OutboxState State, string Kind, string ToName, string ToAddress, string Subject, int Attempts, DateTime CreatedAt, DateTime? SentAt, string? LastError, long? AccountId);

/// <summary>One message as staff may read it: secrets are masked as it was stored.</summary>
/// <param name="Text">Empty when it was erased after the retention period.</param>
/// <param name="NextAttemptAt">UTC; meant only while it waits.</param>
/// <param name="CanRetry">It failed, and what was to be sent is still there.</param>
/// <param name="Again">How it can be sent once more.</param>
public sealed record MailDetail(MailLine Line, string Language, string Text, string Html, string MessageId, DateTime NextAttemptAt, bool CanRetry, SendAgainWay Again);

/// <summary>The messages of the portal, for staff only: everybody else sees none.</summary>
public sealed class MailLogQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <summary>Newest first.</summary>
    /// <param name="filter">What to show.</param>
    /// <param name="cursor">Of an earlier page; null for the newest.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<MailLine>> ListAsync(MailFilter filter, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<MailLine>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var messages = Filtered(db.OutboxMessages, filter);
        var (newer, id) = Read(cursor);
        var rows = newer
            ? messages.Where(m => m.Id > id).OrderBy(m => m.Id)
            : messages.Where(m => m.Id < id).OrderByDescending(m => m.Id);
        var found = await Lines(rows.Take(PageSize + 1)).ToListAsync(ct);
        var more = found.Count > PageSize;
        var items = found.Take(PageSize).ToList();
        if (newer)
        {
            items.Reverse();
        }

        var hasNewer = newer ? more : cursor is not null && items.Count > 0;
        var hasOlder = newer ? items.Count > 0 : more;
        return new Page<MailLine>(items, hasNewer ? Write("newer", items[0].Id) : null, hasOlder ? Write("older", items[^1].Id) : null);
    }

    /// <summary>The newest to an address or of some accounts' matters; nothing for anybody but staff.</summary>
    /// <param name="address">A part of the recipient's address, in any case; null to go by the accounts alone.</param>
    /// <param name="accountIds">Of these accounts.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<MailLine>> FoundAsync(string? address, IReadOnlyList<long> accountIds, int most, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        // By the account each way has its index; together they would have none.
        var ofAccounts = await Lines(db.OutboxMessages.Where(m => accountIds.Contains(m.AccountId!.Value)).OrderByDescending(m => m.Id).Take(most)).ToListAsync(ct);
        var toAddress = address is null ? [] : await Lines(Filtered(db.OutboxMessages, new MailFilter(Address: address)).OrderByDescending(m => m.Id).Take(most)).ToListAsync(ct);
        return [.. ofAccounts.Concat(toAddress).DistinctBy(m => m.Id).OrderByDescending(m => m.Id).Take(most)];
    }

    /// <summary>How many messages the filter finds in each state, its own state left out of account.</summary>
    public async Task<IReadOnlyDictionary<OutboxState, int>> CountAsync(MailFilter filter, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Dictionary<OutboxState, int>();
        }

        await using var db = await portal.ReadAsync(ct);
        return await Filtered(db.OutboxMessages, filter with { State = null }).GroupBy(m => m.State).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
    }

    /// <returns>Null when there is none, or the actor is not of the staff.</returns>
    public async Task<MailDetail?> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.OutboxMessages.FirstOrDefaultAsync(m => m.Id == id, ct) is { } m
            ? new MailDetail(
                new MailLine(m.Id, m.State, m.Kind, m.ToName, m.ToAddress, m.Subject, m.Attempts, m.CreatedAt, m.SentAt, m.LastError, m.AccountId),
                m.Language, m.Text, m.Html, m.MessageId, m.NextAttemptAt, m.CanRetry, SendAgainRule.Of(m))
            : null;
    }

    private static IQueryable<OutboxMessage> Filtered(IQueryable<OutboxMessage> messages, MailFilter filter)
    {
        if (filter.State is { } state)
        {
            messages = messages.Where(m => m.State == state);
        }

        if (filter.Kind is { } kind)
        {
            messages = messages.Where(m => m.Kind == kind);
        }

        if (filter.CauseId is { } cause)
        {
            messages = messages.Where(m => m.CauseId == cause);
        }

        if (filter.Address?.Trim().ToLowerInvariant() is { Length: > 0 } part)
        {
#pragma warning disable CA1304, CA1311, CA1862 // Not run here: the database's own lower().
            messages = messages.Where(m => m.ToAddress.ToLower().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862
        }

        return messages;
    }

    private static IQueryable<MailLine> Lines(IQueryable<OutboxMessage> messages) =>
        messages.Select(m => new MailLine(m.Id, m.State, m.Kind, m.ToName, m.ToAddress, m.Subject, m.Attempts, m.CreatedAt, m.SentAt, m.LastError, m.AccountId));

    private static string Write(string direction, long id) => Cursor.Encode(direction, id.ToString(CultureInfo.InvariantCulture));

    private static (bool Newer, long Id) Read(string? cursor) =>
        Cursor.TryDecode(cursor, 2, out var keys) && long.TryParse(keys[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (keys[0] == "newer", id)
            : (false, long.MaxValue);
}
