using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>Who has a level of the purchases of the account's own clients; null for nobody. An empty name is of a closed account.</summary>
public sealed record SponsorLevel(int Level, string? Now, string? Then);

/// <summary>What one of those above it got through the account.</summary>
/// <param name="Amount">Minor units.</param>
public sealed record SponsorSum(string Name, string Currency, int Lines, long Amount);

/// <summary>An account and what another sponsor would mean.</summary>
/// <param name="SponsorName">Of the present one; null for none, empty when it is closed.</param>
/// <param name="Levels">From the first on, before and after.</param>
/// <param name="Clients">That it has now.</param>
/// <param name="Below">Accounts below it, at any depth: for the purchases of their clients the levels change from the account upwards.</param>
/// <param name="Earned">By those above it now, of purchases of the last <see cref="SponsorQueries.Days"/> days; it stays.</param>
/// <param name="Refusal">Why it cannot be; null when it can.</param>
public sealed record SponsorPreview(
    long AccountId, string Name, long? SponsorId, string? SponsorName, IReadOnlyList<SponsorLevel> Levels, int Clients, int Below, IReadOnlyList<SponsorSum> Earned, Error? Refusal);

/// <summary>A change that was made; times are UTC.</summary>
/// <param name="From">Null for nobody, empty when it is closed.</param>
/// <param name="By">Null when the person deleted its account.</param>
/// <param name="UndoUntil">Null when it cannot be undone (any more).</param>
public sealed record SponsorChangeRow(long Id, string? From, string? To, string Reason, string? By, DateTime DecidedAt, DateTime CountsFrom, bool IsUndo, DateTime? UndoUntil);

/// <summary>Sponsors and the preview of another, for staff.</summary>
public sealed class SponsorQueries(PortalDb portal, ProgramSettingsSource settings, TimeProvider clock)
{
    /// <summary>So far back the preview counts what was earned.</summary>
    public const int Days = 30;

    /// <param name="accountId">Whose sponsor.</param>
    /// <param name="toId">Who would become it; null for nobody.</param>
    /// <param name="actor">Staff.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when there is no such account, or the actor is no staff.</returns>
    public async Task<SponsorPreview?> PreviewAsync(long accountId, long? toId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (!actor.IsStaff || await db.Accounts.FirstOrDefaultAsync(a => a.Id == accountId, ct) is not { } account)
        {
            return null;
        }

        var up = await SponsorTree.UpOfAsync(db, accountId, ct);
        var refusal = await SponsorJudgement.RefusalAsync(db, account, toId, isUndo: false, actor, ct);
        List<long> then = refusal is SponsorLoop || toId is not { } to ? [accountId] : [accountId, .. await SponsorTree.UpOfAsync(db, to, ct)];
        var ids = up.Union(then).ToList();
        var names = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var levels = Enumerable.Range(0, Math.Max(up.Count, then.Count)).Select(i => new SponsorLevel(i + 1, Holder(up, i), Holder(then, i)));
        return new SponsorPreview(
            accountId, account.Name, account.SponsorId, account.SponsorId is { } sponsor ? names.GetValueOrDefault(sponsor, "") : null, [.. levels],
            await db.Attributions.CountAsync(a => a.PartnerId == accountId && a.EndedAt == null, ct),
            await SponsorTree.CountBelowAsync(db, accountId, ct),
            await EarnedAsync(db, accountId, up.Skip(1).ToList(), names, ct), refusal);

        string? Holder(List<long> chain, int i) => i < chain.Count ? names.GetValueOrDefault(chain[i], "") : null;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<SponsorChangeRow>> ChangesAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await portal.ReadAsync(ct);
        var rows = await db.SponsorChanges.Where(c => c.AccountId == accountId).OrderByDescending(c => c.Id).Select(c => new
        {
            c.Id,
            From = db.Accounts.Where(a => a.Id == c.FromSponsorId).Select(a => a.Name).FirstOrDefault(),
            To = db.Accounts.Where(a => a.Id == c.ToSponsorId).Select(a => a.Name).FirstOrDefault(),
            c.Reason,
            By = db.Users.Where(u => u.Id == c.DecidedByUserId).Select(u => u.FullName).FirstOrDefault(),
            c.DecidedAt,
            c.CountsFrom,
            c.UndoesId,
            c.UndoUntil,
        }).ToListAsync(ct);
        return [.. rows.Select((r, i) => new SponsorChangeRow(r.Id, r.From, r.To, r.Reason, r.By, r.DecidedAt, r.CountsFrom, r.UndoesId is not null, i == 0 && r.UndoUntil > now ? r.UndoUntil : null))];
    }

    /// <summary>For so many days a change can be undone.</summary>
    public async Task<int> UndoDaysAsync(CancellationToken ct) => (await settings.GetAsync(ct)).ReassignUndoDays;

    private async Task<IReadOnlyList<SponsorSum>> EarnedAsync(PortalDbContext db, long accountId, List<long> above, Dictionary<long, string> names, CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var sums = await (
            from own in db.CommissionLines
            join line in db.CommissionLines on own.PurchaseId equals line.PurchaseId
            join p in db.Purchases on own.PurchaseId equals p.Id
            where own.PartnerId == accountId && above.Contains(line.PartnerId) && line.Level > own.Level && line.Granted > line.Reversed && p.OccurredAt >= since
            group line by new { line.PartnerId, line.Currency } into g
            select new { g.Key.PartnerId, g.Key.Currency, Lines = g.Count(), Amount = g.Sum(l => l.Granted - l.Reversed) }).ToListAsync(ct);
        return [.. sums.OrderBy(s => above.IndexOf(s.PartnerId)).ThenBy(s => s.Currency, StringComparer.Ordinal).Select(s => new SponsorSum(names.GetValueOrDefault(s.PartnerId, ""), s.Currency, s.Lines, s.Amount))];
    }
}
