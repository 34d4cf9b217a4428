using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Journeys;

/// <summary>The cooling-off of an earlier change still runs.</summary>
/// <param name="CurrentPartner">Name.</param>
/// <param name="Until">UTC; from then on the client may leave or switch again.</param>
public sealed record ChangedLately(string CurrentPartner, DateTime Until) : JoinProblem;

/// <summary>Who has left may not take another at once where the program does not allow to switch.</summary>
/// <param name="FormerPartner">Name.</param>
/// <param name="Until">UTC; from then on it may.</param>
public sealed record LeftLately(string FormerPartner, DateTime Until) : JoinProblem;

/// <summary>There is nothing to undo: the days are over, or something else has changed since.</summary>
public sealed record NothingToUndo : JoinProblem;

/// <summary>The partner that a client has now, as the rules ask for it.</summary>
/// <param name="PartnerId">Account id.</param>
/// <param name="Name">Of the partner.</param>
/// <param name="Since">UTC.</param>
/// <param name="BusyUntil">UTC; the end of the cooling-off of what the client changed last. Null when it changed nothing.</param>
public sealed record PresentPartner(long PartnerId, string Name, DateTime Since, DateTime? BusyUntil);

/// <summary>What the program's rules say to a client who wants to leave its partner, to take another, or to undo that.</summary>
internal static class ChangeRules
{
    /// <summary>Until when what is changed now can be undone; null where the program has no cooling-off.</summary>
    public static DateTime? UndoUntil(ProgramSettings program, DateTime now) => program.CoolingOffDays > 0 ? now.AddDays(program.CoolingOffDays) : null;

    /// <summary>See <see cref="PresentPartner.BusyUntil"/>.</summary>
    public static Task<DateTime?> BusyUntilAsync(PortalDbContext db, long clientId, CancellationToken ct) =>
        db.Attributions.Where(a => a.ClientId == clientId).MaxAsync(a => a.UndoUntil, ct);

    /// <summary>Why a client may not leave, or may not switch, now.</summary>
    /// <param name="program">The settings.</param>
    /// <param name="rule">Of the two.</param>
    /// <param name="present">Its partner.</param>
    /// <param name="now">UTC.</param>
    public static JoinProblem? Problem(ProgramSettings program, SwitchingRule rule, PresentPartner present, DateTime now) => rule switch
    {
        SwitchingRule.BySupport => new SwitchingBySupport(present.Name),
        SwitchingRule.LockedForDays when present.Since.AddDays(program.SwitchingLockDays) is var until && now < until => new SwitchingLocked(present.Name, until),
        _ => now < present.BusyUntil ? new ChangedLately(present.Name, present.BusyUntil.Value) : null,
    };

    /// <summary>Leaving and then taking another is a switch: within the cooling-off it is held to the rule for that.</summary>
    public static async Task<JoinProblem?> AfterLeavingAsync(PortalDbContext db, ProgramSettings program, long clientId, long partnerId, DateTime now, CancellationToken ct)
    {
        if (program.Switching is SwitchingRule.Allowed || await LastAsync(db, clientId, ct) is not [{ EndedBecause: AttributionEnd.Left, UndoUntil: { } until } left, ..] || until <= now || left.PartnerId == partnerId)
        {
            return null;
        }

        var lockedUntil = left.StartedAt.AddDays(program.SwitchingLockDays);
        if (program.Switching is SwitchingRule.LockedForDays)
        {
            until = lockedUntil < until ? lockedUntil : until;
        }

        return now < until ? new LeftLately(await db.Accounts.Where(a => a.Id == left.PartnerId).Select(a => a.Name).FirstAsync(ct), until) : null;
    }

    /// <summary>The attribution that the client ended last by leaving or switching, as long as it can undo that: nothing else may have changed since.</summary>
    public static async Task<Attribution?> ToUndoAsync(PortalDbContext db, long clientId, DateTime now, CancellationToken ct)
    {
        var ended = await LastAsync(db, clientId, ct) switch
        {
            [{ EndedBecause: AttributionEnd.Left } left, ..] => left,
            [{ EndedAt: null }, { EndedBecause: AttributionEnd.Switched } switched] => switched,
            _ => null,
        };
        return ended is { UndoneAt: null } && now < ended.UndoUntil ? ended : null;
    }

    /// <summary>The two newest, the newest first.</summary>
    private static Task<List<Attribution>> LastAsync(PortalDbContext db, long clientId, CancellationToken ct) =>
        db.Attributions.Where(a => a.ClientId == clientId).OrderByDescending(a => a.Id).Take(2).ToListAsync(ct);
}
