using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Referrals;

/// <summary>How many invitations a partner's mails brought out on a day (UTC).</summary>
public sealed class InvitationDay
{
    public long PartnerId { get; set; }

    public DateOnly Day { get; set; }

    public int Count { get; set; }
}

/// <summary>Keeps to a partner's number of invitations a day.</summary>
internal static class InvitationTurns
{
    /// <summary>
    /// Takes one of the day's turns, in the transaction that sends. The condition stands in the update itself, so that of several workers none goes beyond; two that take the day's
    /// first turn at once meet at the key, and one of them comes again.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="partnerId">Whose turn.</param>
    /// <param name="limit">So many a day; 0 for as many as there are.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when the day's turns are used up.</returns>
    public static async Task<bool> TakeAsync(PortalTransaction work, long partnerId, int limit, CancellationToken ct)
    {
        if (limit == 0)
        {
            return true;
        }

        var day = DateOnly.FromDateTime(work.Now);
        var own = work.Db.InvitationDays.Where(d => d.PartnerId == partnerId && d.Day == day);
        if (await own.Where(d => d.Count < limit).ExecuteUpdateAsync(d => d.SetProperty(x => x.Count, x => x.Count + 1), ct) == 1)
        {
            return true;
        }

        if (await own.AnyAsync(ct))
        {
            return false;
        }

        work.Db.InvitationDays.Add(new InvitationDay { PartnerId = partnerId, Day = day, Count = 1 });
        return true;
    }
}
